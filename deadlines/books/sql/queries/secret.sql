select namespace from secret;
