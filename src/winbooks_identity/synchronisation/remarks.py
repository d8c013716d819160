"""
What can be wrong with, or worth knowing of, a synchronisation?
"""

from typing import ClassVar, Final

import attrs

from ..problems import Notice, Problem


__all__ = [
    "ActivationNotSaid",
    "AmbiguousExternalId",
    "CountDiffers",
    "DuplicateRecord",
    "EmptySnapshot",
    "HeldByColleague",
    "HeldByEndCustomer",
    "InAnotherLicence",
    "InvalidExternalId",
    "LastAdministrator",
    "LockedOut",
    "MalformedRecord",
    "NotAPlan",
    "NotAsked",
    "NotDeclared",
    "OnlyOnWeb",
    "OtherLicence",
    "PlanChanged",
    "PlanQuarantined",
    "TooManyAddressChanges",
    "TooManyDeactivations",
    "TooManyReactivations",
    "UnreadableRecords",
    "Untold",
]

#: Characters; our choice, room for a UUID, a number or a login.
MAX_EXTERNAL_ID: Final = 254


# Of one record


@attrs.frozen
class InvalidExternalId(Problem):
    """
    The external id of a person is printable ASCII.  [R69]
    """

    code: ClassVar[str] = "synchronisation.invalid_external_id"

    maximum: int = MAX_EXTERNAL_ID


@attrs.frozen
class MalformedRecord(Problem):
    """
    A record is complete and has the shape of its file.  [R69]
    """

    code: ClassVar[str] = "synchronisation.malformed_record"


@attrs.frozen
class DuplicateRecord(Problem):
    """
    No two records share an external id or a login, unless they are the same.

    Which one is meant is not known, so neither counts.  [R69]
    """

    code: ClassVar[str] = "synchronisation.doubled"


@attrs.frozen
class AmbiguousExternalId(Problem):
    """
    One user of the licence is behind an external id, not two.  [R69]
    """

    code: ClassVar[str] = "synchronisation.ambiguous_external_id"


@attrs.frozen
class InAnotherLicence(Problem):
    """
    A WinBooks ID of another licence stays there.  [R3, R69, Q18]
    """

    code: ClassVar[str] = "synchronisation.in_another_licence"


@attrs.frozen
class HeldByEndCustomer(Problem):
    """
    An end customer is not made staff by a synchronisation.  [R68]
    """

    code: ClassVar[str] = "synchronisation.held_by_end_customer"


@attrs.frozen
class HeldByColleague(Problem):
    """
    A WinBooks ID that a user keeps is not given to another.  [R2, R69]
    """

    code: ClassVar[str] = "synchronisation.held_by_colleague"


# Of a snapshot


@attrs.frozen
class NotDeclared(Notice):
    """
    A source that does not declare its end may have lost its tail.  [Q17]
    """

    code: ClassVar[str] = "synchronisation.not_declared"


@attrs.frozen
class CountDiffers(Notice):
    """
    A source holds as many records as it declares, or it is incomplete.  [Q17]
    """

    code: ClassVar[str] = "synchronisation.count_differs"

    declared: int
    counted: int


# Why a user stays active


@attrs.frozen
class NotAsked(Notice):
    """
    No one is deactivated unless that was asked for.  [Q17]
    """

    code: ClassVar[str] = "synchronisation.not_asked"


@attrs.frozen
class UnreadableRecords(Notice):
    """
    A record without external id could mean anyone who seems to be gone.  [R69]
    """

    code: ClassVar[str] = "synchronisation.unreadable_records"


@attrs.frozen
class LastAdministrator(Notice):
    """
    The last active Administrator of a licence stays active.  [R27]
    """

    code: ClassVar[str] = "synchronisation.last_administrator"


# Why a user stays inactive


@attrs.frozen
class LockedOut(Notice):
    """
    A feed does not bring back a user whom a person deactivated on the Portal.  [S30]
    """

    code: ClassVar[str] = "synchronisation.locked_out"


@attrs.frozen
class ActivationNotSaid(Notice):
    """
    An office file brings users back where it says so, not where it says nothing.

    [S50]
    """

    code: ClassVar[str] = "synchronisation.activation_not_said"


# Of a change


@attrs.frozen
class Untold(Problem):
    """
    An Administrator's WinBooks ID moves only where the old address is told.  [S31]
    """

    code: ClassVar[str] = "synchronisation.untold"


# Of a plan


@attrs.frozen
class EmptySnapshot(Problem):
    """
    A licence without any users on Web is taken for a mistake.  [Q17]
    """

    code: ClassVar[str] = "synchronisation.empty_snapshot"


@attrs.frozen
class TooManyDeactivations(Problem):
    """
    A plan deactivates no more users than `Limits` allow.  [Q17]
    """

    code: ClassVar[str] = "synchronisation.too_many_deactivations"

    planned: int
    allowed: int


@attrs.frozen
class TooManyReactivations(Problem):
    """
    A plan reactivates no more users than `Limits` allow.  [S30]
    """

    code: ClassVar[str] = "synchronisation.too_many_reactivations"

    planned: int
    allowed: int


@attrs.frozen
class TooManyAddressChanges(Problem):
    """
    A plan changes no more addresses than `Limits` allow.  [Q17]
    """

    code: ClassVar[str] = "synchronisation.too_many_address_changes"

    planned: int
    allowed: int


@attrs.frozen
class NotAPlan(Problem):
    """
    Only a plan that was saved by this library, whole, is carried out.
    """

    code: ClassVar[str] = "synchronisation.not_a_plan"


@attrs.frozen
class PlanChanged(Problem):
    """
    A plan is carried out as it was made.
    """

    code: ClassVar[str] = "synchronisation.plan_changed"


@attrs.frozen
class PlanQuarantined(Problem):
    """
    A plan in quarantine is looked at, not carried out.  [Q17]
    """

    code: ClassVar[str] = "synchronisation.plan_quarantined"


@attrs.frozen
class OtherLicence(Problem):
    """
    A plan is carried out in the licence that it was made for.  [R28]
    """

    code: ClassVar[str] = "synchronisation.other_licence"


@attrs.frozen
class OnlyOnWeb(Problem):
    """
    Only on Web licences are synchronised; Classic users are made by hand.

    [R34, R35]
    """

    code: ClassVar[str] = "synchronisation.only_on_web"
