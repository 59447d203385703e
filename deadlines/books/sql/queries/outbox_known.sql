select person, max(known) from outbox
where person between :first and :last and kind = :kind and state = 'accepted'
group by person;
