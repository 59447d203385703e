select person, kind, period, edition from outbox where kind = :kind and period = :period;
