-- The first condition names the index of what is in hand.
update outbox set state = 'planned', changed = :now
where state in ('claimed', 'dot next') and state = 'claimed' and lease <= :now;
