"""School calendars and iCalendar feeds, usable alone. Knows dates; has never heard of a contract."""
