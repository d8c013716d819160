"""
What do the endpoints answer?
"""

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel

from ...passwords.rollout import PasswordNotice
from ...plain import plain
from ...portal_user import PortalUser
from ...problems import Problem


__all__ = ["Notice", "SignedInUser", "UserDetails"]


class Notice(BaseModel):
    """
    What people are told whose password will not do for long.  [S44]

    `until` is the day before which they change it (ISO 8601), or empty.
    """

    code: str
    until: str


class SignedInUser(BaseModel):
    """
    Who is signed in, for a page to show.

    `broken_rules` are the codes of those rules that their password breaks by now, and
    `notice` comes with a sign-in, where they are told of it.
    """

    id: str
    winbooks_id: str
    licence: str
    level: str
    first_name: str
    last_name: str
    language: str
    roles: list[str]
    dossiers: list[str]
    broken_rules: list[str] = []
    notice: Notice | None = None

    @classmethod
    def of(
        cls,
        user: PortalUser,
        broken_rules: Iterable[Problem] = (),
        notice: PasswordNotice | None = None,
    ) -> Self:
        """
        Return what is shown of *user*.
        """
        return cls.model_validate(
            {
                **_plain(user, cls.model_fields.keys() - {"broken_rules", "notice"}),
                "broken_rules": [problem.code for problem in broken_rules],
                "notice": notice and {"code": notice.code, **notice.params},
            }
        )


class UserDetails(BaseModel):
    """
    What can be edited of a user, and the version that is shown.
    """

    winbooks_id: str
    first_name: str
    last_name: str
    company_name: str
    phone: str | None
    language: str
    version: int

    @classmethod
    def of(cls, user: PortalUser) -> Self:
        """
        Return the details of *user* as they are.
        """
        return cls.model_validate(_plain(user, cls.model_fields))


def _plain(user: PortalUser, names: Iterable[str]) -> dict[str, object]:
    return {name: plain(getattr(user, name)) for name in names}
