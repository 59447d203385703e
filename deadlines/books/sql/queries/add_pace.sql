insert into pace (number, at) select coalesce(max(number), 0) + 1, :now from pace;
