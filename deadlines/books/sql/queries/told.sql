select number, obligation, event, due, recorded from told order by number;
