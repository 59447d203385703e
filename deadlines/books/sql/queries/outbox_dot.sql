update outbox set state = 'dot next', lease = :lease, changed = :now
where number = :number and fence = :fence and state = 'claimed'
returning number;
