insert into octets (number, data) select :number, :data from outbox where number = :number;
