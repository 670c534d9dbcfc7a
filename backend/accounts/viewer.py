"""Who is asking, as routes and services see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from backend.activity.service import ANYONE

Role = Literal["project_leader", "authority_staff", "event_organiser"]
ROLES: tuple[Role, ...] = get_args(Role)
NOWHERE: Mapping[Role, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person and the organisations (ids) for which they act, by role; nobody without an id.

    `writes` is False for a key that may only read.
    """

    person_id: str | None = None
    operator: bool = False
    acting: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    writes: bool = True

    @property
    def signed_in(self) -> bool:
        """Whether it is a person with an account."""
        return self.person_id is not None

    @property
    def actor(self) -> str:
        """The name of this person in the trace: their id, never their address."""
        return self.person_id or ANYONE

    def acts_for(self, organisation_id: str | None, role: Role | None = None) -> bool:
        """Whether they hold `role` (any, unless given) in that organisation."""
        roles = ROLES if role is None else (role,)
        return any(organisation_id in self.acting.get(name, frozenset()) for name in roles)

    def may_change(self, organisation_id: str | None, role: Role) -> bool:
        """Whether they may change what belongs to that organisation."""
        return self.operator or self.acts_for(organisation_id, role)

    def holding(self, organisation_id: str | None, role: Role) -> "Viewer":
        """The same person, who has just been let into an organisation."""
        if self.person_id is None or organisation_id is None:
            return self
        held = self.acting.get(role, frozenset()) | {organisation_id}
        return replace(self, acting={**self.acting, role: held})

    def organisations(self, role: Role | None = None) -> frozenset[str]:
        """The organisations in which they hold `role`, or any role."""
        roles = ROLES if role is None else (role,)
        return frozenset().union(*(self.acting.get(name, frozenset()) for name in roles))


ANONYMOUS = Viewer()
# Commands are given by whoever runs the machine.
SYSTEM = Viewer(person_id="system", operator=True)
