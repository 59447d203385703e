update outbox set state = 'planned', changed = :now where state = 'claimed' and lease <= :now;
