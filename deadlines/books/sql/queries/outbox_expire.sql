update outbox set state = 'expired', changed = :now
where state in ('planned', 'waiting', 'held') and expires <= :now;
