update outbox set state = 'claimed', fence = fence + 1, lease = :lease, changed = :now where number = :number;
