select event, settled, reason, recorded from voided order by number;
