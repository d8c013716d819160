"""
What does the library raise on purpose?

    IdentityError                   everything below
    ├── Invalid                     one input is wrong: .problems
    ├── InvalidFields               a form is wrong: .by_field
    ├── Refused                     the state says no: .problems, .field
    │   └── ...                     see `winbooks_identity.refusals`
    └── Unavailable                 the world is broken: try again later
        ├── StorageBusy             nothing was written
        ├── StorageNotReady         it cannot serve until a person mends it
        ├── OutcomeUnknown          perhaps written: repeat with the request id
        ├── HasherBusy              too many passwords wait to be hashed
        ├── OnWebUnavailable        WinBooks on Web does not answer
        ├── LicenceManagementUnavailable    licence management does not answer
        ├── TemporaryFailure        a mail was not taken now
        │   └── MailServerUnusable          no mail was, whatever it is
        │       └── SendingNotAllowed       the server does not let us send
        ├── PermanentFailure        a mail will never be taken
        └── SealBroken              a sealed mail cannot be opened

No exception carries a password, and none repeats what was typed.
"""

from collections.abc import Mapping
from typing import ClassVar

import attrs

from . import texts
from .problems import Problem


__all__ = [
    "HasherBusy",
    "IdentityError",
    "Invalid",
    "InvalidFields",
    "LicenceManagementUnavailable",
    "MailServerUnusable",
    "OnWebUnavailable",
    "OutcomeUnknown",
    "PermanentFailure",
    "Refused",
    "SealBroken",
    "SendingNotAllowed",
    "StorageBusy",
    "StorageNotReady",
    "TemporaryFailure",
    "Unavailable",
    "listed",
]


class IdentityError(Exception):
    """
    The base of everything that the library raises on purpose.
    """


@attrs.frozen
class Invalid(IdentityError, ValueError):
    """
    One input breaks rules: all of them.

    >>> try:
    ...     PasswordPolicy().parse("short")
    ... except Invalid as invalid:
    ...     [problem.code for problem in invalid.problems]
    ['password.too_short', 'password.too_few_kinds']
    """

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return listed(self.problems)


@attrs.frozen
class InvalidFields(IdentityError, ValueError):
    """
    A form breaks rules: every problem of every field, by the field's name.

    >>> try:
    ...     Dossier.parse({"number": "no blanks"})
    ... except InvalidFields as invalid:
    ...     {field: which[0].code for field, which in invalid.by_field.items()}
    {'number': 'number.invalid', 'name': 'field.missing'}
    """

    by_field: Mapping[str, tuple[Problem, ...]]

    def __str__(self) -> str:
        return "; ".join(
            f"{field}: {listed(problems)}" for field, problems in self.by_field.items()
        )

    @classmethod
    def raise_if_any(cls, by_field: Mapping[str, tuple[Problem, ...]]) -> None:
        """
        Raise unless no field in *by_field* has a problem.

        Raises:
            InvalidFields: with the fields that have problems, in their order.
        """
        if found := {field: which for field, which in by_field.items() if which}:
            raise cls(found)


@attrs.frozen
class Refused(IdentityError):
    """
    The input is well formed and the state says no; `problems` say why.
    """

    #: The field of the creation form that the refusal belongs to, if any.
    field: ClassVar[str | None] = None

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return listed(self.problems)


class Unavailable(IdentityError):
    """
    Something outside the library did not do its part.
    """

    #: The code of the sentence for people.
    code: ClassVar[str] = "unavailable"

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence in the language of *locale*, or *translator*'s.
        """
        return texts.text(self.code, locale, translator=translator)


class StorageBusy(Unavailable):
    """
    The storage could not do the work now; nothing was written.
    """

    code: ClassVar[str] = "unavailable.storage_busy"


class StorageNotReady(Unavailable):
    """
    The storage cannot serve: its tables are missing, old or too new, for example.

    Trying again does not help; its text says what to do.
    """

    code: ClassVar[str] = "unavailable.storage_not_ready"


class OutcomeUnknown(Unavailable):
    """
    The storage was lost at the commit: the work is done or it is not.

    Repeat the call with the same request id to find out.
    """

    code: ClassVar[str] = "unavailable.outcome_unknown"


class HasherBusy(Unavailable):
    """
    Too many passwords wait to be hashed, or memory is short; nothing was written.
    """

    code: ClassVar[str] = "unavailable.hasher_busy"


class OnWebUnavailable(Unavailable):
    """
    WinBooks on Web does not answer; that says nothing about a password.
    """

    code: ClassVar[str] = "unavailable.on_web"


class LicenceManagementUnavailable(Unavailable):
    """
    Licence management does not answer; that says nothing about its users.
    """

    code: ClassVar[str] = "unavailable.licence_management"


class TemporaryFailure(Unavailable):
    """
    A mail was not taken now; a later try may succeed.
    """

    code: ClassVar[str] = "unavailable.mail"


class MailServerUnusable(TemporaryFailure):
    """
    The mail server does not answer, or not safely: it concerns every mail.
    """

    code: ClassVar[str] = "unavailable.mail_server"


class SendingNotAllowed(MailServerUnusable):
    """
    The mail server does not let us send: our setting is wrong, not a mail.

    It refuses the sign-in, the sender, the relaying or, by its policy, the
    content.
    """

    code: ClassVar[str] = "unavailable.sending_not_allowed"


class PermanentFailure(Unavailable):
    """
    A mail was refused for good: its recipient or its content is at fault.
    """

    code: ClassVar[str] = "unavailable.mail_refused"


class SealBroken(Unavailable):
    """
    Sealed content was altered, moved or sealed with a key that is gone.
    """

    code: ClassVar[str] = "unavailable.seal_broken"


def listed(problems: tuple[Problem, ...]) -> str:
    """
    Return *problems* for a log: codes, and the parameters that no person typed.
    """
    return ", ".join(map(_shown, problems))


def _shown(problem: Problem) -> str:
    _, _, params = repr(problem).partition("(")
    return problem.code + f"({params}".removesuffix("()")
