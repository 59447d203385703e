-- The first condition names the index of what is in hand.
update outbox set state = 'unsure', reply = 'the sender stopped after the dot', changed = :now
where state in ('claimed', 'dot next') and state = 'dot next' and lease <= :now;
