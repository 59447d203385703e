insert into event (number, name, happened, recorded, who, school, facts, note, source)
values (:number, :name, :happened, :recorded, :who, :school, :facts, :note, :source);
