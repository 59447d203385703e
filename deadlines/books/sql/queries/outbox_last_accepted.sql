select max(due) from outbox where person = :person and state = 'accepted';
