update outbox set state = 'quiet', quiet = 'the roster says to send nothing', changed = :now where number = :number;
