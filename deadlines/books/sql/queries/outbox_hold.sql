update outbox set held = state, state = 'held', changed = :now
where state in ('planned', 'waiting')
returning number;
