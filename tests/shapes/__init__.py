"""Each kind of rule that has no date of its own, and the bank with a cap, on a made-up district."""
