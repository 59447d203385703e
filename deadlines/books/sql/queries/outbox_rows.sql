select number, person, kind, period, edition, state, attempts, due, expires, again, reply, quiet, changed
from outbox where state = :state order by number;
