select count(*) from outbox where state in ('planned', 'waiting') and again <= :now and expires > :now;
