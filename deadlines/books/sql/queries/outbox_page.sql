select person, quiet from outbox
where person between :first and :last and kind = :kind and period = :period and edition = :edition;
