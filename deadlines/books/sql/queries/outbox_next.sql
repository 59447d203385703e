select outbox.number, person, address, sender, data, attempts, fence
from outbox join octets on octets.number = outbox.number
where state in ('planned', 'waiting') and again <= :now and expires > :now
order by again, outbox.number
limit 1;
