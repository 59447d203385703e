select data from outbox where number = :number;
