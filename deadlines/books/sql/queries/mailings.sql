select person, wanted, reason, recorded from mailing where person between :first and :last order by number;
