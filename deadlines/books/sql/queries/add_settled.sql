insert into settled (number, obligation, event, outcome, day, evidence, recorded)
values (:number, :obligation, :event, :outcome, :day, :evidence, :recorded);
