-- By person alone: all of a kind would be all there is.
select person, max(known) from outbox
where person between :first and :last and kind || '' = :kind and state = 'accepted'
group by person;
