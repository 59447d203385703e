update book set version = :version;
