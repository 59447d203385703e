-- The first condition names the index of what is to expire.
update outbox set state = held, held = '', changed = :now
where state in ('planned', 'waiting', 'held') and state = 'held' and expires > :now
returning number;
