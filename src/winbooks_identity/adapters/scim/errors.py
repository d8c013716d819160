"""
How does SCIM say what the services refuse?

Where a WinBooks ID is taken is not said: not in which licence, nor whether it is held
back.  [R3]
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import ClassVar

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


__all__ = ["NotAvailable", "TooManyRequests", "in_scim"]


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


@contextmanager
def in_scim(locale: str) -> Generator[None, None, None]:
    """
    Raise what the block raises as SCIM says it, in the language of *locale*.
    """
    try:
        yield
    except IdentityError as error:
        # What is chained to an answer could carry what was sent.
        raise _translated(error, locale) from None


def _translated(  # noqa: PLR0911  One answer to each kind.
    error: IdentityError, locale: str
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
                _said(error.problems, locale), error.retry_after_seconds
            )
        case NotAuthorised():
            return ForbiddenException(detail=_said(error.problems, locale))
        case Refused():
            return ConflictException(detail=_said(error.problems, locale))
        case Invalid():
            return InvalidValueException(detail=_said(error.problems, locale))
        case InvalidFields():
            return InvalidValueException(
                detail=" ".join(
                    f"{field}: {_said(problems, locale)}"
                    for field, problems in error.by_field.items()
                )
            )
        case Unavailable():
            return NotAvailable(detail=error.message(locale))
        case _:  # pragma: no cover  There is no other kind.
            return NotAvailable()


def _said(problems: tuple[Problem, ...], locale: str) -> str:
    return " ".join(problem.message(locale) for problem in problems)
