-- Private feeds: for whom, their addresses, and what was published in them.

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
