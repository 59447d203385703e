update outbox set state = 'accepted', reply = :reply, changed = :now
where number = :number and (state = 'unsure' or (state = 'dot next' and lease <= :now));
