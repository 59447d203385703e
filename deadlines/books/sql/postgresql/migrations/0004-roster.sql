-- The roster: who gets the weekly mail, as what, where and when.

-- A person for good: an opaque number, one mailbox, and the token that stands in the addresses to unsubscribe.
create table person (
    number integer primary key check (number >= 1),
    mailbox text not null unique check (mailbox = lower(mailbox) and mailbox <> ''),
    token text not null unique check (length(token) = 22),
    since date not null
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
    since date not null
);

-- Whether a person is sent anything; the last row holds, and without one the answer is yes.
create table mailing (
    number integer primary key check (number >= 1),
    person integer not null references person (number),
    wanted integer not null check (wanted in (0, 1)),
    reason text not null,
    recorded date not null
);

create trigger person_not_changed before update or delete or truncate on person
for each statement execute function only_added_to();
create trigger enrolled_not_changed before update or delete or truncate on enrolled
for each statement execute function only_added_to();
create trigger mailing_not_changed before update or delete or truncate on mailing
for each statement execute function only_added_to();
