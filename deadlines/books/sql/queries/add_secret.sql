insert into secret (one, namespace) values (1, :namespace);
