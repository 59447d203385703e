select period, count(*) from outbox
where kind = :kind and state <> 'quiet' and period = (
    select max(period) from outbox where kind = :kind and period <> :period and state <> 'quiet'
)
group by period;
