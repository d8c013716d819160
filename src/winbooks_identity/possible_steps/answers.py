"""
What is answered to whether a step can be taken for a user?
"""

from collections.abc import Mapping
from itertools import chain
from typing import ClassVar, Final, TypeAlias, final

import attrs

from ..errors import InvalidFields, Refused
from ..explain import Active, NotActive
from ..life_cycle import Step, StepNotAllowed
from ..problems import Notice, Remark


__all__ = [
    "MANAGED",
    "NoDossiersHeld",
    "NoDossiersLeft",
    "NoNewId",
    "NoOtherLevel",
    "NoRolesHeld",
    "NoRolesLeft",
    "Refusal",
    "StepAnswer",
]

Refusal: TypeAlias = Refused | InvalidFields
"""
What a step is refused with.
"""

#: What is done for a user by those who manage them, in the order of a page; a person's
#: own password is changed by them alone.
MANAGED: Final = (
    Step.RECTIFY,
    Step.CHANGE_LEVEL,
    Step.GRANT_DOSSIERS,
    Step.REVOKE_DOSSIERS,
    Step.GRANT_ROLES,
    Step.REVOKE_ROLES,
    Step.NOTIFY,
    Step.CHANGE_PASSWORD,
    Step.SET_PASSWORD,
    Step.RESET_PASSWORD,
    Step.CHANGE_ID,
    Step.WITHDRAW_ID,
    Step.ACTIVATE,
    Step.DEACTIVATE,
    Step.ERASE,
)


@attrs.frozen
class NoOtherLevel(Notice):
    """
    End customers have one level.  [R22]
    """

    code: ClassVar[str] = "possible_steps.no_other_level"


@attrs.frozen
class NoDossiersLeft(Notice):
    """
    The user opens every dossier of the licence.  [R37]
    """

    code: ClassVar[str] = "possible_steps.no_dossiers_left"


@attrs.frozen
class NoDossiersHeld(Notice):
    """
    The user opens no dossier.  [R43]
    """

    code: ClassVar[str] = "possible_steps.no_dossiers_held"


@attrs.frozen
class NoRolesLeft(Notice):
    """
    The user holds every role of their kind.  [R47, R48]
    """

    code: ClassVar[str] = "possible_steps.no_roles_left"


@attrs.frozen
class NoRolesHeld(Notice):
    """
    The user holds no role.  [R53]
    """

    code: ClassVar[str] = "possible_steps.no_roles_held"


@attrs.frozen
class NoNewId(Notice):
    """
    Only a new ID that waits can be withdrawn.  [Q14]
    """

    code: ClassVar[str] = "possible_steps.no_new_id"


_NOTHING_LEFT: Final[Mapping[Step, Notice]] = {
    Step.CHANGE_LEVEL: NoOtherLevel(),
    Step.GRANT_DOSSIERS: NoDossiersLeft(),
    Step.REVOKE_DOSSIERS: NoDossiersHeld(),
    Step.GRANT_ROLES: NoRolesLeft(),
    Step.REVOKE_ROLES: NoRolesHeld(),
}

#: What to say of a step that is not for the user now, beside what is possible.
_NOT_NOW: Final[Mapping[Step, Notice]] = {
    Step.ACTIVATE: Active(),
    Step.DEACTIVATE: NotActive(),
    Step.WITHDRAW_ID: NoNewId(),
}


@final
@attrs.frozen(kw_only=True)
class StepAnswer:
    """
    Whether a step can be taken for a user, or why not.

    `refusal` is the error that the step raises whatever is chosen, with the reasons
    that all choices have in common; `None` if it is not refused.  `choices` are the levels, the numbers of dossiers or the roles with
    which it is taken and changes something, as forms spell them; `None` where it asks
    for none of these.  A step that has none left does nothing.
    """

    step: Step
    refusal: Refusal | None = None
    choices: tuple[str, ...] | None = None

    @property
    def is_possible(self) -> bool:
        """
        Tell whether the step can be taken, and does something.
        """
        return self.refusal is None and self.choices != ()

    @property
    def reasons(self) -> tuple[Remark, ...]:
        """
        Return what to show beside a step that is not possible: why not.
        """
        if self.is_possible:
            return ()
        if self.refusal is None:
            return (_NOTHING_LEFT[self.step],)
        if isinstance(self.refusal, InvalidFields):
            return tuple(chain.from_iterable(self.refusal.by_field.values()))
        is_not_now = isinstance(self.refusal.problems[0], StepNotAllowed)
        if is_not_now and self.step in _NOT_NOW:
            return (_NOT_NOW[self.step],)
        return self.refusal.problems
