"""
Which answers does the state give when the input is fine and it still says no?

    Refused
    ├── DuplicateWinBooksId     another user has that ID already        R2, R3
    ├── NotAuthorised           the actor may not do that               R26-R30
    ├── UnknownLicence          no such licence                         R32
    ├── UnknownDossiers         not dossiers of that licence            R37, R40
    ├── UnknownUser             no such user
    ├── NotAllowed              the user's life does not allow that now
    ├── LicenceDiffers          registered before, with other data      R32
    ├── OutOfDate               another save came first
    ├── RequestMismatch         the request id stands for another request
    ├── WrongPassword           the password is not the one that is stored
    ├── SignInRefused           WinBooks ID and password open nothing
    ├── PasswordChangeRequired  an initial password signs no one in     S5
    ├── LinkRefused             the link was used, has ended or is none
    ├── TooManyAttempts         too many failed; try again later        S20
    ├── NotSynchronised         the licence or the plan is not for it   R34, Q17
    └── PlanOutOfDate           a user of the plan was saved first
"""

from datetime import timedelta
from typing import ClassVar, Final, final

import attrs

from . import texts
from .errors import Refused
from .problems import Problem
from .winbooks_id import WinBooksId


__all__ = [
    "DuplicateWinBooksId",
    "LicenceDiffers",
    "LinkRefused",
    "NotAllowed",
    "NotAuthorised",
    "NotSynchronised",
    "OutOfDate",
    "PasswordChangeRequired",
    "PlanOutOfDate",
    "RequestMismatch",
    "SignInRefused",
    "TooManyAttempts",
    "UnknownDossiers",
    "UnknownLicence",
    "UnknownUser",
    "WrongPassword",
]


@attrs.frozen
class Taken(Problem):
    """
    A WinBooks ID belongs to one person, over all licences.  [R2, R3]
    """

    code: ClassVar[str] = "winbooks_id.taken"


@attrs.frozen
class HeldBack(Problem):
    """
    An ID that another person left a short while ago is given to no one else.  [S34]
    """

    code: ClassVar[str] = "winbooks_id.held_back"


@attrs.frozen
class LicenceNotFound(Problem):
    """
    A user is made in a licence that is registered.  [R32]
    """

    code: ClassVar[str] = "licence.not_found"


@attrs.frozen
class DossierNotInLicence(Problem):
    """
    Only dossiers of the user's own licence can be opened.  [R37, R40]
    """

    code: ClassVar[str] = "dossier.not_in_licence"

    number: str


@attrs.frozen
class UserNotFound(Problem):
    """
    The user is not there, or not in the actor's licence.
    """

    code: ClassVar[str] = "user.not_found"


@attrs.frozen
class RegisteredDifferently(Problem):
    """
    What is registered changes by a decision, not by registering again.  [R32]
    """

    code: ClassVar[str] = "licence.registered_differently"

    field: str

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence with the field's name in the language of *locale*.
        """
        name = texts.text(f"licence.field.{self.field}", locale, translator=translator)
        return texts.text(self.code, locale, {"field": name}, translator=translator)


@attrs.frozen
class SavedMeanwhile(Problem):
    """
    What was saved in the meantime is not overwritten.
    """

    code: ClassVar[str] = "user.saved_meanwhile"


@attrs.frozen
class SavedSincePlanned(Problem):
    """
    A plan is carried out on the users as it saw them.
    """

    code: ClassVar[str] = "synchronisation.saved_since_planned"

    users: int


@attrs.frozen
class RequestReused(Problem):
    """
    A request id stands for one creation only.
    """

    code: ClassVar[str] = "request.reused"


@attrs.frozen
class WrongPasswordProblem(Problem):
    """
    The password is not the one that was stored.
    """

    code: ClassVar[str] = "password.wrong"


@attrs.frozen
class SignInFailed(Problem):
    """
    A sign-in that fails says neither which half was wrong nor why.  [Q11]
    """

    code: ClassVar[str] = "sign_in.refused"


@attrs.frozen
class InitialPassword(Problem):
    """
    A password that another person has seen is changed before the first sign-in.

    [S5]
    """

    code: ClassVar[str] = "sign_in.password_change_required"


@attrs.frozen
class LinkNotGood(Problem):
    """
    A mailed link works once, for a while, and only while nothing changed.  [Q11]
    """

    code: ClassVar[str] = "link.not_good"


@attrs.frozen
class TooMany(Problem):
    """
    Too many attempts failed, so the next one waits.  [S20]
    """

    code: ClassVar[str] = "attempts.too_many"

    minutes: int


@attrs.frozen
class TooManyForHours(Problem):
    """
    Too many attempts were made, so the next one waits for hours.  [S20]
    """

    code: ClassVar[str] = "attempts.too_many_for_hours"

    hours: int


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
class PasswordChangeRequired(Refused):
    """
    The password is right, and the user has to choose one of their own first.
    """

    field: ClassVar[str | None] = "password"

    problems: tuple[Problem, ...] = attrs.field(
        init=False, default=(InitialPassword(),)
    )


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
