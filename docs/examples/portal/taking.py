"""
What does a step ask for, and which service takes it?
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeVar, final

import attrs
from werkzeug.datastructures import MultiDict

from winbooks_identity import Level, Portal, PortalUser, Role, WinBooksId
from winbooks_identity.dossier import parse_number
from winbooks_identity.fields import Fields, read_each
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.life_cycle import Step


__all__ = ["STEPS", "StepToAsk"]

T = TypeVar("T")
Sent: TypeAlias = MultiDict[str, str]
Take: TypeAlias = Callable[[Portal, PortalUser, Sent, PortalUser], object]


@final
@attrs.frozen
class StepToAsk:
    """
    Takes a step for a user with what was sent, by the reader.

    `asks` names fields of the creation form.  Each raises what its service raises,
    and `InvalidFields` where something was filled in wrongly.
    """

    take: Take
    asks: tuple[str, ...] = ()


def _change_level(
    portal: Portal, user: PortalUser, sent: Sent, by: PortalUser
) -> PortalUser:
    level = _one(sent, "level", Level.parse)
    return portal.administration.change_level(user, level, by=by)


def _grant_dossiers(
    portal: Portal, user: PortalUser, sent: Sent, by: PortalUser
) -> PortalUser:
    dossiers = _some(sent, "dossiers", parse_number)
    return portal.administration.grant_dossiers(user, dossiers, by=by)


def _revoke_dossiers(
    portal: Portal, user: PortalUser, sent: Sent, by: PortalUser
) -> PortalUser:
    dossiers = _some(sent, "dossiers", parse_number)
    return portal.administration.revoke_dossiers(user, dossiers, by=by)


def _grant_roles(
    portal: Portal, user: PortalUser, sent: Sent, by: PortalUser
) -> PortalUser:
    roles = _some(sent, "roles", Role.parse)
    return portal.administration.grant_roles(user, roles, by=by)


def _revoke_roles(
    portal: Portal, user: PortalUser, sent: Sent, by: PortalUser
) -> PortalUser:
    roles = _some(sent, "roles", Role.parse)
    return portal.administration.revoke_roles(user, roles, by=by)


def _notify(portal: Portal, user: PortalUser, sent: Sent, by: PortalUser) -> PortalUser:
    is_ticked = _box(sent, "notify_all_dossiers")
    return portal.administration.notify(user, all_dossiers=is_ticked, by=by)


def _reset_password(
    portal: Portal, user: PortalUser, sent: Sent, by: PortalUser
) -> object:
    return portal.logins.reset_password(
        user, GeneratedPassword(), by=by, mailed=_box(sent, "send_credentials")
    )


def _change_id(
    portal: Portal, user: PortalUser, sent: Sent, by: PortalUser
) -> PortalUser:
    winbooks_id = _one(sent, "winbooks_id", WinBooksId.parse)
    return portal.logins.change_id(user, winbooks_id, by=by)


#: A person's details and own password have pages that come with the library.
STEPS: Final[Mapping[Step, StepToAsk]] = {
    Step.CHANGE_LEVEL: StepToAsk(_change_level, ("level",)),
    Step.GRANT_DOSSIERS: StepToAsk(_grant_dossiers, ("dossiers",)),
    Step.REVOKE_DOSSIERS: StepToAsk(_revoke_dossiers, ("dossiers",)),
    Step.GRANT_ROLES: StepToAsk(_grant_roles, ("roles",)),
    Step.REVOKE_ROLES: StepToAsk(_revoke_roles, ("roles",)),
    Step.NOTIFY: StepToAsk(_notify, ("notify_all_dossiers",)),
    Step.SET_PASSWORD: StepToAsk(
        lambda portal, user, _, by: portal.logins.send_password_link(user, by=by)
    ),
    Step.RESET_PASSWORD: StepToAsk(_reset_password, ("send_credentials",)),
    Step.CHANGE_ID: StepToAsk(_change_id, ("winbooks_id",)),
    Step.WITHDRAW_ID: StepToAsk(
        lambda portal, user, _, by: portal.logins.withdraw_id(user, by=by)
    ),
    Step.ACTIVATE: StepToAsk(
        lambda portal, user, _, by: portal.administration.activate(user, by=by)
    ),
    Step.DEACTIVATE: StepToAsk(
        lambda portal, user, _, by: portal.administration.deactivate(user, by=by)
    ),
    Step.ERASE: StepToAsk(
        lambda portal, user, _, by: portal.administration.erase(user, by=by)
    ),
}


def _one(sent: Sent, name: str, parse: Callable[[str], T]) -> T:
    fields = Fields(sent)
    reading = fields.read(name, parse)
    fields.raise_if_any()
    return reading.value


def _some(sent: Sent, name: str, parse: Callable[[str], T]) -> frozenset[T]:
    fields = Fields(sent)
    reading = fields.keep(name, read_each(sent.getlist(name), parse, is_required=True))
    fields.raise_if_any()
    return reading.value


def _box(sent: Sent, name: str) -> bool:
    return bool(Fields(sent).read_box(name, default=False).value)
