insert into mailing (number, person, wanted, reason, recorded)
values (:number, :person, :wanted, :reason, :recorded);
