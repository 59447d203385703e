select period, count(*) from outbox where kind = :kind and period <> :period and state <> 'quiet'
group by period order by period desc limit 2;
