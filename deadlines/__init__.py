"""Union contracts as data: dated obligations, each able to say why."""

__version__ = "0.1.0"
