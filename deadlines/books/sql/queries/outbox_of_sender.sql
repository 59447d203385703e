select number, person, period, address, substr(data, 1, 8000), due, state, lease from outbox
where lower(sender) = :sender
order by number;
