-- What a sender looks through and changes is small: the octets of a message stand apart. What a page of a roster has
-- in the outbox, what is to be sent next and what expires next are found without reading the rest.

create table octets (
    number integer primary key references outbox (number),
    data bytea not null
);
insert into octets (number, data) select number, data from outbox where state <> 'quiet';
alter table outbox drop column data;

-- What a message was before somebody held it.
alter table outbox add column held text not null default '';
update outbox set held = 'planned' where state = 'held';
update outbox set again = due where again < due;

drop index outbox_by_state;
create index outbox_by_period on outbox (kind, period, person);
create index outbox_to_send on outbox (again, number) where state in ('planned', 'waiting');
create index outbox_to_expire on outbox (expires) where state in ('planned', 'waiting', 'held');
create index outbox_in_hand on outbox (lease) where state in ('claimed', 'dot next');
create index enrolled_by_person on enrolled (person, number);
create index mailing_by_person on mailing (person, number);
