"""
What does a service raise when the state says no?
"""

from datetime import timedelta
from typing import ClassVar, Final, final

import attrs

from ..errors import Refused
from ..problems import Problem
from ..winbooks_id import WinBooksId
from .problems import (
    DossierNotInLicence,
    HeldBack,
    InitialPassword,
    LicenceNotFound,
    LinkNotGood,
    RegisteredDifferently,
    RequestReused,
    SavedMeanwhile,
    SavedSincePlanned,
    SignInAgain,
    SignInFailed,
    Taken,
    TooLarge,
    TooMany,
    TooManyForHours,
    UserNotFound,
    WrongPasswordProblem,
)


__all__ = [
    "BodyTooLarge",
    "DuplicateWinBooksId",
    "LicenceDiffers",
    "LinkRefused",
    "NotAllowed",
    "NotAuthorised",
    "NotSynchronised",
    "OutOfDate",
    "PasswordChangeRequired",
    "PasswordRefused",
    "PlanOutOfDate",
    "RequestMismatch",
    "SessionEnded",
    "SignInRefused",
    "TooManyAttempts",
    "UnknownDossiers",
    "UnknownLicence",
    "UnknownUser",
    "WrongPassword",
]


@final
@attrs.frozen
class BodyTooLarge(Refused):
    """
    What was sent has more than *most* bytes, and was not read.  [S82]
    """

    most: int
    problems: tuple[Problem, ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: (TooLarge(self.most // 1024),), takes_self=True
        ),
    )


@final
@attrs.frozen
class DuplicateWinBooksId(Refused):
    """
    The WinBooks ID has an owner, in this spelling or another, or is held back.
    """

    field: ClassVar[str | None] = "winbooks_id"

    winbooks_id: WinBooksId
    is_held_back: bool = attrs.field(default=False, kw_only=True)
    problems: tuple[Problem, ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: (HeldBack() if self.is_held_back else Taken(),),
            takes_self=True,
        ),
    )


@final
@attrs.frozen
class NotAllowed(Refused):
    """
    The step is not for this user as they are; see `winbooks_identity.life_cycle`.
    """


@final
@attrs.frozen
class NotAuthorised(Refused):
    """
    The actor may not do what they asked.
    """


@final
@attrs.frozen
class UnknownLicence(Refused):
    """
    The actor stands in a licence that is not registered.
    """

    field: ClassVar[str | None] = "licence"

    problems: tuple[Problem, ...] = attrs.field(
        init=False, default=(LicenceNotFound(),)
    )


@final
@attrs.frozen
class UnknownDossiers(Refused):
    """
    The licence has no dossiers with these numbers.
    """

    field: ClassVar[str | None] = "dossiers"

    numbers: tuple[str, ...]
    problems: tuple[Problem, ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: tuple(map(DossierNotInLicence, self.numbers)),
            takes_self=True,
        ),
    )


@final
@attrs.frozen
class UnknownUser(Refused):
    """
    The user is not there, or not where the actor may look.
    """

    problems: tuple[Problem, ...] = attrs.field(init=False, default=(UserNotFound(),))


@final
@attrs.frozen
class LicenceDiffers(Refused):
    """
    The licence or a dossier is registered already, with other data.
    """

    fields: tuple[str, ...]
    problems: tuple[Problem, ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: tuple(map(RegisteredDifferently, self.fields)),
            takes_self=True,
        ),
    )


@final
@attrs.frozen
class OutOfDate(Refused):
    """
    The user was saved by someone else since they were read.
    """

    expected_version: int
    problems: tuple[Problem, ...] = attrs.field(init=False, default=(SavedMeanwhile(),))


@final
@attrs.frozen
class NotSynchronised(Refused):
    """
    A licence is not synchronised, or a plan is not carried out, as it is.
    """


@final
@attrs.frozen
class PlanOutOfDate(Refused):
    """
    Users of a plan were saved by someone else since it was made.
    """

    winbooks_ids: tuple[WinBooksId, ...]
    problems: tuple[Problem, ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: (SavedSincePlanned(len(self.winbooks_ids)),), takes_self=True
        ),
    )


@final
@attrs.frozen
class RequestMismatch(Refused):
    """
    The request id was used before, for another creation.
    """

    problems: tuple[Problem, ...] = attrs.field(init=False, default=(RequestReused(),))


@final
@attrs.frozen
class WrongPassword(Refused):
    """
    The password is not the one that was stored.
    """

    field: ClassVar[str | None] = "password"

    problems: tuple[Problem, ...] = attrs.field(
        init=False, default=(WrongPasswordProblem(),)
    )


@final
@attrs.frozen
class SignInRefused(Refused):
    """
    WinBooks ID and password open nothing; the reason is not given.
    """

    problems: tuple[Problem, ...] = attrs.field(init=False, default=(SignInFailed(),))


@final
@attrs.frozen
class SessionEnded(Refused):
    """
    There is no session, or it ended: its user signs in again.
    """

    problems: tuple[Problem, ...] = attrs.field(init=False, default=(SignInAgain(),))


@final
@attrs.frozen
class PasswordChangeRequired(Refused):
    """
    The password is right, and the user has to choose another one first.

    `problems` say why: another person has seen it, or it breaks the policy of today.
    """

    field: ClassVar[str | None] = "password"

    problems: tuple[Problem, ...] = (InitialPassword(),)


@final
@attrs.frozen
class PasswordRefused(Refused):
    """
    The password is right, and breaks a policy by which it signs no one in.  [S44]

    Its user chooses another one by a mailed link, or is given one.
    """

    field: ClassVar[str | None] = "password"

    problems: tuple[Problem, ...]


@final
@attrs.frozen
class LinkRefused(Refused):
    """
    The link was used, has ended, was made void by a change, or is none.
    """

    problems: tuple[Problem, ...] = attrs.field(init=False, default=(LinkNotGood(),))


#: From here on a wait is said in hours.
_LONG: Final = timedelta(minutes=120)


@final
@attrs.frozen
class TooManyAttempts(Refused):
    """
    Too many attempts failed; whether a user is concerned is not said.  [S20, S21]

    `retry_after` is how long the next one waits.
    """

    retry_after: timedelta
    problems: tuple[Problem, ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: (_wait_of(self.retry_after),), takes_self=True
        ),
    )

    @property
    def retry_after_seconds(self) -> int:
        """
        Return the whole seconds to wait, as in the HTTP header `Retry-After`.
        """
        return max(1, -(-self.retry_after // timedelta(seconds=1)))


def _wait_of(retry_after: timedelta) -> Problem:
    if retry_after < _LONG:
        return TooMany(max(1, -(-retry_after // timedelta(minutes=1))))
    return TooManyForHours(-(-retry_after // timedelta(hours=1)))
