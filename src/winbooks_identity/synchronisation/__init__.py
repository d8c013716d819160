"""
How do the users of an on Web licence follow licence management?

A gateway reads what licence management says: a `Complete` snapshot or a
`Partial` one.  `plan` compares it with the Portal and changes nothing;
`SynchronisationService` makes plans and carries them out.
"""

from .changes import Action, Create, FieldChange, Update
from .desired_user import BadRecord, DesiredUser
from .execution import ChangeOutcome, Result
from .gateway import LicenceManagementGateway
from .guards import Limits
from .plan import Finding, Plan
from .plan_file import PlanFiles
from .planning import Options, plan
from .reason import Reason
from .service import SynchronisationService
from .snapshot import Complete, Partial, Snapshot
from .synced_fields import SyncedFields


__all__ = [
    "Action",
    "BadRecord",
    "ChangeOutcome",
    "Complete",
    "Create",
    "DesiredUser",
    "FieldChange",
    "Finding",
    "LicenceManagementGateway",
    "Limits",
    "Options",
    "Partial",
    "Plan",
    "PlanFiles",
    "Reason",
    "Result",
    "Snapshot",
    "SyncedFields",
    "SynchronisationService",
    "Update",
    "plan",
]
