select number, obligation, event, outcome, day, evidence, recorded from settled order by number;
