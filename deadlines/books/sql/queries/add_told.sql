insert into told (number, obligation, event, due, recorded)
values (:number, :obligation, :event, :due, :recorded);
