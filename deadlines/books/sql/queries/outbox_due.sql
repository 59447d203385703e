select count(*) from outbox where state in ('planned', 'waiting') and due <= :now and again <= :now and expires > :now;
