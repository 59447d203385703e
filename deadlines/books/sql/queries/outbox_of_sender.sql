select outbox.number, person, period, address, substr(octets.data, 1, 8000), due, state, lease
from outbox join octets on octets.number = outbox.number
where lower(sender) = :sender
order by outbox.number;
