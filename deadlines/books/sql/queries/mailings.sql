select person, wanted, reason, recorded from mailing order by number;
