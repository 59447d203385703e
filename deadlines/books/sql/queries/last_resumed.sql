select number, recorded from mailing where person = :person and wanted = 1 order by number desc limit 1;
