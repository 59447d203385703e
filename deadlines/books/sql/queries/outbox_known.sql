select person, max(known) from outbox where kind = :kind and state = 'accepted' group by person;
