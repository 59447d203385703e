-- Private feeds: for whom, their addresses, and what was published in them.

-- Private feeds: whom each is for, and the SHA-256 of its token. The token is kept nowhere.
create table feed (
    number integer primary key check (number >= 1),
    who text not null check (who ~ '^[A-Z0-9-]*$'),
    school text not null,
    digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
    made date not null,
    check ((who = '') <> (school = ''))
);

-- Which feed is handed out no more. A feed is revoked once; a rotated one is revoked, and another made.
create table revoked (
    number integer primary key check (number >= 1),
    feed integer not null unique references feed (number),
    recorded date not null
);

-- One row: what the UIDs of private feeds are made from, so that nobody can guess one. Made once, by chance.
create table secret (
    one integer primary key check (one = 1),
    namespace text not null check (namespace ~ '^[0-9a-f]{32}$')
);

-- What private feeds have said, a line a change, as the ledger writes it: the last of a UID counts. Empty: it has left.
create table published (
    number integer primary key check (number >= 1),
    uid text not null check (length(uid) = 36),
    line text not null
);
create index published_uid on published (uid, number);

create trigger feed_not_changed before update or delete or truncate on feed
for each statement execute function only_added_to();
create trigger revoked_not_changed before update or delete or truncate on revoked
for each statement execute function only_added_to();
create trigger secret_not_changed before update or delete or truncate on secret
for each statement execute function only_added_to();
create trigger published_not_changed before update or delete or truncate on published
for each statement execute function only_added_to();
