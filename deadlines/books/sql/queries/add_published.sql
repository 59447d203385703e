insert into published (number, uid, line)
values (:number, :uid, :line);
