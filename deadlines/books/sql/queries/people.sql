select person.number, person.token, person.since, address, name, roles, school, level, language, zone, weekday, hour
from enrolled join person on person.number = enrolled.person
where person.number between :first and :last
order by enrolled.number;
