insert into outbox (
    number, person, kind, period, edition, address, sender, quiet, due, expires, known, state, attempts, again, fence, lease,
    reply, changed
)
values (
    :number, :person, :kind, :period, :edition, :address, :sender, :quiet, :due, :expires, :known, :state, 0, :due, 0, '',
    '', :now
)
on conflict (person, kind, period, edition) do nothing;
