-- The book of events in SQLite, as it is now. A new book is made with this; the migrations lead to the same.

-- One row: the version of these tables, and the local the book belongs to.
create table book (
    one integer primary key check (one = 1),
    version integer not null check (version >= 1),
    namespace text not null
);

-- What happened. A row is never changed: a correction voids it and logs another.
create table event (
    number integer primary key check (number >= 1),
    name text not null check (name <> ''),
    happened text not null check (happened is date(happened)),
    recorded text not null check (recorded is date(recorded)),
    who text not null check (who not glob '*[^A-Z0-9-]*'),
    school text not null,
    facts text not null,
    note text not null,
    source text unique
);

-- How an obligation came to its end, or to a later day.
create table settled (
    number integer primary key check (number >= 1),
    obligation text not null check (obligation <> ''),
    event integer references event (number),
    outcome text not null check (outcome in ('done', 'excused', 'extended', 'given up')),
    day text check (day is date(day) and (day is not null or outcome in ('excused', 'given up'))),
    evidence text not null,
    recorded text not null check (recorded is date(recorded))
);

-- Which row does not count, and why. A row is voided once.
create table voided (
    number integer primary key check (number >= 1),
    event integer unique references event (number),
    settled integer unique references settled (number),
    reason text not null check (reason <> ''),
    recorded text not null check (recorded is date(recorded)),
    check ((event is null) <> (settled is null))
);

-- The day each duty was told to be due: what somebody may have in mind when it moves.
create table told (
    number integer primary key check (number >= 1),
    obligation text not null check (obligation <> ''),
    event integer not null references event (number),
    due text check (due is date(due)),
    recorded text not null check (recorded is date(recorded))
);

create trigger event_not_changed before update on event
begin select raise(abort, 'a book is only added to'); end;
create trigger event_not_removed before delete on event
begin select raise(abort, 'a book is only added to'); end;
create trigger settled_not_changed before update on settled
begin select raise(abort, 'a book is only added to'); end;
create trigger settled_not_removed before delete on settled
begin select raise(abort, 'a book is only added to'); end;
create trigger voided_not_changed before update on voided
begin select raise(abort, 'a book is only added to'); end;
create trigger voided_not_removed before delete on voided
begin select raise(abort, 'a book is only added to'); end;
create trigger told_not_changed before update on told
begin select raise(abort, 'a book is only added to'); end;
create trigger told_not_removed before delete on told
begin select raise(abort, 'a book is only added to'); end;

-- Private feeds: whom each is for, and the SHA-256 of its token. The token is kept nowhere.
create table feed (
    number integer primary key check (number >= 1),
    who text not null check (who not glob '*[^A-Z0-9-]*'),
    school text not null,
    digest text not null unique check (length(digest) = 64 and digest not glob '*[^0-9a-f]*'),
    made text not null check (made is date(made)),
    check ((who = '') <> (school = ''))
);

-- Which feed is handed out no more. A feed is revoked once; a rotated one is revoked, and another made.
create table revoked (
    number integer primary key check (number >= 1),
    feed integer not null unique references feed (number),
    recorded text not null check (recorded is date(recorded))
);

-- One row: what the UIDs of private feeds are made from, so that nobody can guess one. Made once, by chance.
create table secret (
    one integer primary key check (one = 1),
    namespace text not null check (length(namespace) = 32 and namespace not glob '*[^0-9a-f]*')
);

-- What private feeds have said, a line a change, as the ledger writes it: the last of a UID counts. Empty: it has left.
create table published (
    number integer primary key check (number >= 1),
    uid text not null check (length(uid) = 36),
    line text not null
);
create index published_uid on published (uid, number);

create trigger feed_not_changed before update on feed
begin select raise(abort, 'a book is only added to'); end;
create trigger feed_not_removed before delete on feed
begin select raise(abort, 'a book is only added to'); end;
create trigger revoked_not_changed before update on revoked
begin select raise(abort, 'a book is only added to'); end;
create trigger revoked_not_removed before delete on revoked
begin select raise(abort, 'a book is only added to'); end;
create trigger secret_not_changed before update on secret
begin select raise(abort, 'a book is only added to'); end;
create trigger secret_not_removed before delete on secret
begin select raise(abort, 'a book is only added to'); end;
create trigger published_not_changed before update on published
begin select raise(abort, 'a book is only added to'); end;
create trigger published_not_removed before delete on published
begin select raise(abort, 'a book is only added to'); end;

-- The roster: who gets the weekly mail, as what, where and when.

-- A person for good: an opaque number, one mailbox, and the token that stands in the addresses to unsubscribe.
create table person (
    number integer primary key check (number >= 1),
    mailbox text not null unique check (mailbox = lower(mailbox) and mailbox <> ''),
    token text not null unique check (length(token) = 22),
    since text not null check (since is date(since))
);

-- What a roster said of a person; the last row holds.
create table enrolled (
    number integer primary key check (number >= 1),
    person integer not null references person (number),
    address text not null check (address <> ''),
    name text not null,
    roles text not null check (roles <> ''),
    school text not null,
    level text not null,
    language text not null check (language <> ''),
    zone text not null check (zone <> ''),
    weekday integer not null check (weekday between 0 and 6),
    hour integer not null check (hour between 0 and 23),
    since text not null check (since is date(since))
);

-- Whether a person is sent anything; the last row holds, and without one the answer is yes.
create table mailing (
    number integer primary key check (number >= 1),
    person integer not null references person (number),
    wanted integer not null check (wanted in (0, 1)),
    reason text not null,
    recorded text not null check (recorded is date(recorded))
);

create index enrolled_by_person on enrolled (person, number);
create index mailing_by_person on mailing (person, number);

create trigger person_not_changed before update on person
begin select raise(abort, 'a book is only added to'); end;
create trigger person_not_removed before delete on person
begin select raise(abort, 'a book is only added to'); end;
create trigger enrolled_not_changed before update on enrolled
begin select raise(abort, 'a book is only added to'); end;
create trigger enrolled_not_removed before delete on enrolled
begin select raise(abort, 'a book is only added to'); end;
create trigger mailing_not_changed before update on mailing
begin select raise(abort, 'a book is only added to'); end;
create trigger mailing_not_removed before delete on mailing
begin select raise(abort, 'a book is only added to'); end;

-- The outbox: a message to one person for one week, and how far it has come. Times are UTC, as text of one length.

create table outbox (
    number integer primary key check (number >= 1),
    person text not null check (person <> ''),
    kind text not null check (kind <> ''),
    period text not null check (period <> ''),
    edition integer not null check (edition >= 1),
    address text not null,
    sender text not null,
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
    held text not null default '',
    unique (person, kind, period, edition)
);

-- The octets of a message, which never change, apart from how far it has come, which does.
create table octets (
    number integer primary key references outbox (number),
    data blob not null
);

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

-- What is to be sent next, what expires next, what somebody has in hand; what a page of the roster has in a week.
create index outbox_by_period on outbox (kind, period, person);
create index outbox_to_send on outbox (again, number) where state in ('planned', 'waiting');
create index outbox_to_expire on outbox (expires) where state in ('planned', 'waiting', 'held');
create index outbox_in_hand on outbox (lease) where state in ('claimed', 'dot next');
