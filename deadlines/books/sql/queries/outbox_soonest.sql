select min(again) from outbox where state in ('planned', 'waiting') and expires > :now;
