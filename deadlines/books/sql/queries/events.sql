select number, name, happened, recorded, who, school, facts, note, source from event order by number;
