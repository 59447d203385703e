select uid, line from published
where number in (select max(number) from published group by uid) and line <> '' order by uid;
