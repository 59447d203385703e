select count(*), coalesce(min(at), '') from pace where at > :since;
