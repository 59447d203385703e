select bounce.day, bounce.verdict from bounce join outbox on outbox.number = bounce.outbox
where outbox.person = :person and bounce.mailing >= :mailing
order by bounce.day, bounce.number;
