insert into enrolled (number, person, address, name, roles, school, level, language, zone, weekday, hour, since)
values (:number, :person, :address, :name, :roles, :school, :level, :language, :zone, :weekday, :hour, :since);
