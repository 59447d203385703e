-- The day each duty was told to be due: what somebody may have in mind when it moves.

create table told (
    number integer primary key check (number >= 1),
    obligation text not null check (obligation <> ''),
    event integer not null references event (number),
    due date,
    recorded date not null
);

create trigger told_not_changed before update or delete or truncate on told
for each statement execute function only_added_to();
