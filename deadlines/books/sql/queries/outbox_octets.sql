select outbox.number, person, data
from outbox join octets on octets.number = outbox.number
where state in ('planned', 'waiting') and again <= :now and expires > :now and outbox.number > :after
order by outbox.number
limit 100;
