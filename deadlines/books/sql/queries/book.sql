select version, namespace from book;
