"""A folder of a local as read: who it is, its contracts, its school years, its contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from calendars.revisions import YearHistory
from deadlines.model.card import Contract
from deadlines.model.mail import Mail


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: a role's public name, phone and mail. Placeholders until a local fills them in."""

    role: str
    name: str
    phone: str = ""
    mail: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.phone, self.mail) if part)


@dataclass(frozen=True, slots=True)
class Local:
    """Everything read from one folder. ``namespace`` makes its feed identities its own, for ever.

    ``not_kept`` are school years nobody could find a trustworthy calendar of, each with why. ``books`` is the
    PostgreSQL URL of the book of events; empty for the file in the folder. ``mail`` is None where no mail is sent.
    """

    name: str
    zone: str
    namespace: UUID
    contacts: Mapping[str, Contact]
    contracts: tuple[Contract, ...]
    years: tuple[YearHistory, ...]
    kept_since: str
    not_kept: Mapping[str, str] = field(default_factory=dict)
    public_address: str = ""
    books: str = ""
    mail: Mail | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """Every level of any year, in file order; one unnamed level when no year has any."""
        found = dict.fromkeys(level for year in self.years for level in year.levels)
        return tuple(found) or ("",)

    @property
    def delegates(self) -> tuple[str, ...]:
        """The roles that are also told what is not yet verified."""
        return tuple(dict.fromkeys(role for contract in self.contracts for role in contract.delegates))

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role a card of any contract tells, in the order of the agreements' own lists."""
        told = {role for contract in self.contracts for card in contract.all_cards for role in card.tell}
        listed = dict.fromkeys(role for contract in self.contracts for role in contract.roles)
        return tuple(role for role in listed if role in told)

    def called(self, role: str) -> str:
        """The people of a role in words: ``delegates``, ``the union office``."""
        known = [c.roles[role].called for c in self.contracts if role in c.roles and c.roles[role].called]
        return known[-1] if known else f"{role}s"

    @property
    def schools(self) -> tuple[str, ...]:
        """Every school an overlay names."""
        named = (s for contract in self.contracts for overlay in contract.overlays for s in overlay.schools)
        return tuple(dict.fromkeys(named))

    def groups_of(self, role: str) -> tuple[str, ...]:
        """The role itself and every group it belongs to in any agreement."""
        return tuple(dict.fromkeys((role, *(contract.group_of(role) for contract in self.contracts))))

    @property
    def readers(self) -> tuple[str, ...]:
        """Every role some card tells, and every role that belongs to one of them as a group."""
        told = self.roles
        members = (role.name for contract in self.contracts for role in contract.roles.values() if role.group in told)
        return tuple(dict.fromkeys((*told, *members)))
