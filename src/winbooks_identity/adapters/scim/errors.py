"""
How does SCIM say what the services refuse?

Where a WinBooks ID is taken is not said: not in which licence, nor whether it is held
back.  [R3]
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import ClassVar, final

import attrs
from pydantic import ValidationError
from scim2_models import (
    ConflictException,
    ForbiddenException,
    InvalidValueException,
    NotFoundException,
    PreconditionFailedException,
    SCIMException,
    UniquenessException,
)

from ...errors import IdentityError, Invalid, InvalidFields, Refused, Unavailable
from ...problems import Problem
from ...refusals import (
    DuplicateWinBooksId,
    NotAuthorised,
    OutOfDate,
    RequestMismatch,
    TooManyAttempts,
    UnknownUser,
)
from ...texts import Translator


__all__ = [
    "GroupExists",
    "GroupsAreGiven",
    "NotAvailable",
    "TooManyRequests",
    "Wording",
    "in_scim",
    "without_values",
]


@final
@attrs.frozen
class GroupsAreGiven(Problem):
    """
    Dossiers and roles are made, renamed and deleted elsewhere.  [S63]
    """

    code: ClassVar[str] = "scim.groups_are_given"


@final
@attrs.frozen
class GroupExists(Problem):
    """
    The name of a new group is that of a dossier or a role.  [S63]
    """

    code: ClassVar[str] = "scim.group_exists"

    group_id: str


class TooManyRequests(SCIMException):
    """
    Too many attempts failed, or too many users were deactivated.
    """

    status = 429

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail=detail)
        self.retry_after = retry_after


class NotAvailable(SCIMException):
    """
    Something is busy or broken; the same request may be sent again.
    """

    status = 503
    retry_after: ClassVar[int] = 5


@final
@attrs.frozen
class Wording:
    """
    The language of what is refused, and the words of the product, if it has its own.
    """

    locale: str = "en"
    translator: Translator | None = None

    def says(self, problems: Iterable[Problem]) -> str:
        """
        Return the sentences of *problems*.
        """
        return " ".join(
            problem.message(self.locale, translator=self.translator)
            for problem in problems
        )


@contextmanager
def in_scim(wording: Wording) -> Generator[None, None, None]:
    """
    Raise what the block raises as SCIM says it, in that *wording*.  [R3]
    """
    try:
        yield
    except IdentityError as error:
        # What is chained to an answer could carry what was sent.
        raise _translated(error, wording) from None


def _translated(  # noqa: PLR0911  One answer to each kind.
    error: IdentityError, wording: Wording
) -> SCIMException:
    match error:
        case DuplicateWinBooksId() | RequestMismatch():
            return UniquenessException()
        case UnknownUser():
            return NotFoundException()
        case OutOfDate():
            return PreconditionFailedException()
        case TooManyAttempts():
            return TooManyRequests(
                wording.says(error.problems), error.retry_after_seconds
            )
        case NotAuthorised():
            return ForbiddenException(detail=wording.says(error.problems))
        case Refused():
            return ConflictException(detail=wording.says(error.problems))
        case Invalid():
            return InvalidValueException(detail=wording.says(error.problems))
        case InvalidFields():
            return InvalidValueException(
                detail=" ".join(
                    f"{field}: {wording.says(problems)}"
                    for field, problems in error.by_field.items()
                )
            )
        case Unavailable():
            return NotAvailable(
                detail=error.message(wording.locale, translator=wording.translator)
            )
        case _:  # pragma: no cover  There is no other kind.
            return NotAvailable()


def without_values(error: ValidationError) -> SCIMException:
    """
    Return what is wrong, and where.
    """
    return InvalidValueException(
        detail="; ".join(
            f"{'.'.join(map(str, each['loc']))}: {each['type']}"
            for each in error.errors(include_input=False, include_url=False)
        )
    )
