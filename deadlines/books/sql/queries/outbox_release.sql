update outbox set state = held, held = '', changed = :now
where state = 'held' and expires > :now
returning number;
