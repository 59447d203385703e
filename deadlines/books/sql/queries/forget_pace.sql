delete from pace where at <= :since;
