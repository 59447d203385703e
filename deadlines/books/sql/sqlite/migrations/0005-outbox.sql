-- The outbox: a message to one person for one week, and how far it has come. Times are UTC, as text of one length.

create table outbox (
    number integer primary key check (number >= 1),
    person text not null check (person <> ''),
    kind text not null check (kind <> ''),
    period text not null check (period <> ''),
    edition integer not null check (edition >= 1),
    address text not null,
    sender text not null,
    data blob not null,
    quiet text not null,
    due text not null,
    expires text not null,
    known text not null,
    state text not null check (
        state in (
            'planned', 'claimed', 'dot next', 'accepted', 'refused', 'waiting', 'unsure', 'quiet', 'held', 'expired'
        )
    ),
    attempts integer not null,
    again text not null,
    fence integer not null,
    lease text not null,
    reply text not null,
    changed text not null,
    unique (person, kind, period, edition)
);

create index outbox_by_state on outbox (state, again);

-- One row: when the relay may be asked again, and how many messages a minute it takes at most (0: no limit).
create table relay (
    one integer primary key check (one = 1),
    rests text not null,
    minute integer not null check (minute >= 0),
    failures integer not null check (failures >= 0)
);

-- When messages of the last minute were taken in hand, by every process together.
create table pace (
    number integer primary key check (number >= 1),
    at text not null
);
