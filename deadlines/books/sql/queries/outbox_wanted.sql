select wanted from mailing where person = :person order by number desc limit 1;
