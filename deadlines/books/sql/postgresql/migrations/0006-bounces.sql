-- Bounces: mails of the outbox that came back, as often as they did. `mailing` is the last row of that table then, so that
-- what was before somebody is sent mails again can be told from what came after it.

create table bounce (
    number integer primary key check (number >= 1),
    outbox integer not null references outbox (number),
    digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
    verdict text not null check (verdict in ('hard', 'soft', 'policy')),
    status text not null,
    day date not null,
    mailing integer not null check (mailing >= 0),
    recorded date not null
);

create index bounce_by_outbox on bounce (outbox);
create index outbox_by_sender on outbox (lower(sender));

create trigger bounce_not_changed before update or delete or truncate on bounce
for each statement execute function only_added_to();
