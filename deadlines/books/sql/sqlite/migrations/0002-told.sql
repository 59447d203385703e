-- The day each duty was told to be due: what somebody may have in mind when it moves.

create table told (
    number integer primary key check (number >= 1),
    obligation text not null check (obligation <> ''),
    event integer not null references event (number),
    due text check (due is date(due)),
    recorded text not null check (recorded is date(recorded))
);

create trigger told_not_changed before update on told
begin select raise(abort, 'a book is only added to'); end;
create trigger told_not_removed before delete on told
begin select raise(abort, 'a book is only added to'); end;
