"""
Why does the state say no?  One problem each, with its code.
"""

from typing import ClassVar

import attrs

from .. import texts
from ..problems import Problem


__all__ = [
    "DossierNotInLicence",
    "HeldBack",
    "HeldBackUntil",
    "InitialPassword",
    "LicenceNotFound",
    "LinkNotGood",
    "RegisteredDifferently",
    "RequestReused",
    "SavedMeanwhile",
    "SavedSincePlanned",
    "SignInAgain",
    "SignInFailed",
    "Taken",
    "TooLarge",
    "TooMany",
    "TooManyForHours",
    "UserNotFound",
    "WrongPasswordProblem",
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
class HeldBackUntil(Problem):
    """
    An ID that another person left is given to no one else before a *date*.  [S34]
    """

    code: ClassVar[str] = "winbooks_id.held_back_until"

    date: str


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
class SignInAgain(Problem):
    """
    Who wants more than a page for everyone is signed in, and still may be.  [S70]
    """

    code: ClassVar[str] = "session.ended"


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
class TooLarge(Problem):
    """
    What is longer than a form can be is not read.
    """

    code: ClassVar[str] = "request.too_large"

    kilobytes: int


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
