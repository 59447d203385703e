select count(*) from outbox where number > :number;
