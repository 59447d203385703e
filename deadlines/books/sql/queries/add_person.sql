insert into person (number, mailbox, token, since) values (:number, :mailbox, :token, :since);
