select number, person, kind, period, address, sender, data, attempts, fence, expires from outbox
where state in ('planned', 'waiting') and due <= :now and again <= :now and expires > :now
order by due, number
limit 1;
