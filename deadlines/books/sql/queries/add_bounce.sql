insert into bounce (number, outbox, digest, verdict, status, day, mailing, recorded)
values (:number, :outbox, :digest, :verdict, :status, :day, :mailing, :recorded);
