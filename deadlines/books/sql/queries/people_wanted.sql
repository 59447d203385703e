select count(*) from person where not exists (
    select 1 from mailing where mailing.person = person.number and mailing.wanted = 0
    and not exists (select 1 from mailing as later where later.person = person.number and later.number > mailing.number)
);
