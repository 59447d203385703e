update outbox set state = :after, reply = :reply, again = :now, changed = :now
where state = :before and number = :number and (:again = 0 or expires > :now)
returning number;
