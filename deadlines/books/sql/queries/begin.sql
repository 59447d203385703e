insert into book (one, version, namespace) values (1, :version, :namespace);
