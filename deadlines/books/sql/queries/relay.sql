select rests, minute, failures from relay where one = 1;
