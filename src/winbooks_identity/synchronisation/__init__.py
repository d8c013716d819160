"""
How do the users of a licence follow licence management, or an office file?

A gateway reads what licence management says: a `Complete` snapshot or a
`Partial` one.  `plan` compares it with the Portal and changes nothing;
`SynchronisationService` makes plans and carries them out.  `OfficeService` does that
for an office file, with the same plans, limits and execution.
"""

from .changes import Action, Create, CreateFromForm, FieldChange, Update
from .desired_user import BadRecord, DesiredUser
from .execution import ChangeOutcome, Result
from .gateway import LicenceManagementGateway
from .guards import Limits
from .moving import Move, MoveService, MoveStopped
from .office_fields import OfficeFields
from .office_plan import OfficePlan
from .office_planning import plan_office
from .office_service import OfficeService
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
    "CreateFromForm",
    "DesiredUser",
    "FieldChange",
    "Finding",
    "LicenceManagementGateway",
    "Limits",
    "Move",
    "MoveService",
    "MoveStopped",
    "OfficeFields",
    "OfficePlan",
    "OfficeService",
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
    "plan_office",
]
