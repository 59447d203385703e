-- Bounces: mails of the outbox that came back, as often as they did. `mailing` is the last row of that table then, so that
-- what was before somebody is sent mails again can be told from what came after it.

create table bounce (
    number integer primary key check (number >= 1),
    outbox integer not null references outbox (number),
    digest text not null unique check (length(digest) = 64 and digest not glob '*[^0-9a-f]*'),
    verdict text not null check (verdict in ('hard', 'soft', 'policy')),
    status text not null,
    day text not null check (day is date(day)),
    mailing integer not null check (mailing >= 0),
    recorded text not null check (recorded is date(recorded))
);

create index bounce_by_outbox on bounce (outbox);
create index outbox_by_sender on outbox (lower(sender));

create trigger bounce_not_changed before update on bounce
begin select raise(abort, 'a book is only added to'); end;
create trigger bounce_not_removed before delete on bounce
begin select raise(abort, 'a book is only added to'); end;
