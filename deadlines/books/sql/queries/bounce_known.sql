select outbox from bounce where digest = :digest;
