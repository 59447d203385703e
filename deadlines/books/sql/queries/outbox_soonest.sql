select min(case when again > due then again else due end) from outbox where state in ('planned', 'waiting') and expires > :now;
