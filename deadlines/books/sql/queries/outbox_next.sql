select number, person, address, sender, data, attempts, fence from outbox
where state in ('planned', 'waiting') and due <= :now and again <= :now and expires > :now
order by due, number
limit 1;
