"""
Which answers does the state give when the input is fine and it still says no?

    Refused
    ├── BodyTooLarge            what was sent is longer than a form can be
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
    ├── SessionEnded            no one is signed in, or no longer       S70
    ├── PasswordChangeRequired  another password has to be chosen   S5, S44
    ├── PasswordRefused         the password breaks the policy         S44
    ├── LinkRefused             the link was used, has ended or is none
    ├── TooManyAttempts         too many failed; try again later        S20
    ├── NotSynchronised         the licence or the plan is not for it   R34, Q17
    └── PlanOutOfDate           a user of the plan was saved first
"""

from .errors import (
    BodyTooLarge,
    DuplicateWinBooksId,
    LicenceDiffers,
    LinkRefused,
    NotAllowed,
    NotAuthorised,
    NotSynchronised,
    OutOfDate,
    PasswordChangeRequired,
    PasswordRefused,
    PlanOutOfDate,
    RequestMismatch,
    SessionEnded,
    SignInRefused,
    TooManyAttempts,
    UnknownDossiers,
    UnknownLicence,
    UnknownUser,
    WrongPassword,
)
from .problems import (
    DossierNotInLicence,
    HeldBack,
    HeldBackUntil,
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
    "DossierNotInLicence",
    "DuplicateWinBooksId",
    "HeldBack",
    "HeldBackUntil",
    "InitialPassword",
    "LicenceDiffers",
    "LicenceNotFound",
    "LinkNotGood",
    "LinkRefused",
    "NotAllowed",
    "NotAuthorised",
    "NotSynchronised",
    "OutOfDate",
    "PasswordChangeRequired",
    "PasswordRefused",
    "PlanOutOfDate",
    "RegisteredDifferently",
    "RequestMismatch",
    "RequestReused",
    "SavedMeanwhile",
    "SavedSincePlanned",
    "SessionEnded",
    "SignInAgain",
    "SignInFailed",
    "SignInRefused",
    "Taken",
    "TooLarge",
    "TooMany",
    "TooManyAttempts",
    "TooManyForHours",
    "UnknownDossiers",
    "UnknownLicence",
    "UnknownUser",
    "UserNotFound",
    "WrongPassword",
    "WrongPasswordProblem",
]
