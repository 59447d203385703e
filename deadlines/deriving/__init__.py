"""Pure: contract x school years x events x a day -> Agenda. No file, no clock."""
