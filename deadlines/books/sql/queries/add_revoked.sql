insert into revoked (number, feed, recorded)
values (:number, :feed, :recorded);
