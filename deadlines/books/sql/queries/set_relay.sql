insert into relay (one, rests, minute, failures) values (1, :rests, :minute, :failures)
on conflict (one) do update set rests = :rests, minute = :minute, failures = :failures;
