"""
What can happen to a user, when, and what is he afterwards?
"""

from .steps import (
    NOT_ON_WEB,
    TRANSITIONS,
    CredentialsOnWeb,
    LastAdministrator,
    State,
    Step,
    StepNotAllowed,
    Transition,
    ensure_administrator_left,
    ensure_allowed,
    legal_steps,
    state_of,
)
from .transitions import (
    Details,
    activate,
    change_id,
    change_level,
    confirm_id,
    deactivate,
    grant_dossiers,
    grant_roles,
    notify,
    rectify,
    revoke_dossiers,
    revoke_roles,
    withdraw_id,
)


__all__ = [
    "NOT_ON_WEB",
    "TRANSITIONS",
    "CredentialsOnWeb",
    "Details",
    "LastAdministrator",
    "State",
    "Step",
    "StepNotAllowed",
    "Transition",
    "activate",
    "change_id",
    "change_level",
    "confirm_id",
    "deactivate",
    "ensure_administrator_left",
    "ensure_allowed",
    "grant_dossiers",
    "grant_roles",
    "legal_steps",
    "notify",
    "rectify",
    "revoke_dossiers",
    "revoke_roles",
    "state_of",
    "withdraw_id",
]
