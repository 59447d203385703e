update outbox set state = 'unsure', reply = 'the sender stopped after the dot', changed = :now
where state = 'dot next' and lease <= :now;
