insert into feed (number, who, school, digest, made)
values (:number, :who, :school, :digest, :made);
