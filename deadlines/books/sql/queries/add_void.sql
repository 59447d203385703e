insert into voided (number, event, settled, reason, recorded)
values (:number, :event, :settled, :reason, :recorded);
