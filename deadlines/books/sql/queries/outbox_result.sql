update outbox set state = :state, attempts = attempts + :counts, again = :again, reply = :reply, changed = :now
where number = :number and fence = :fence and state = :before
returning number;
