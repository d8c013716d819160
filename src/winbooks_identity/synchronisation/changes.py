"""
What can a synchronisation do to one user?
"""

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar, NamedTuple, TypeAlias, final
from uuid import UUID

import attrs

from ..forms.new_user import NewUser
from ..level import Level
from ..licence import Licence
from ..plain import plain
from ..portal_user import CredentialSource, PortalUser, Status
from ..winbooks_id import WinBooksId
from .office_fields import OfficeFields
from .synced_fields import SyncedFields


__all__ = ["Action", "Change", "Create", "CreateFromForm", "FieldChange", "Update"]


@final
class Action(Enum):
    """
    What happens to one user, by the most important thing that does.
    """

    CREATE = "create"
    ADOPT = "adopt"
    REACTIVATE = "reactivate"
    DEACTIVATE = "deactivate"
    UPDATE = "update"


class FieldChange(NamedTuple):
    """
    One field of a user, before and after, as text; empty for nothing.
    """

    field: str
    before: str
    after: str


@final
@attrs.frozen(kw_only=True)
class Create:
    """
    A person with a login on Web who has no WinBooks ID yet.  [R65, R68, Q16]

    Raises:
        ValueError: they are not staff, or licence management does not know them.
    """

    action: ClassVar[Action] = Action.CREATE
    changes_anything: ClassVar[bool] = True
    changes_address: ClassVar[bool] = False

    after: SyncedFields
    level: Level

    def __attrs_post_init__(self) -> None:
        if not self.level.is_staff or self.after.external_id is None:
            raise ValueError("only staff whom licence management knows")

    @property
    def key(self) -> str:
        """
        Return what tells this change from the others: their external id.
        """
        return self.after.external_id or ""

    @property
    def winbooks_id(self) -> WinBooksId:
        """
        Return the WinBooks ID that the user gets.
        """
        return self.after.winbooks_id

    @property
    def fields(self) -> Sequence[FieldChange]:
        """
        Return the fields that the new user starts with.
        """
        return [*_given(self.after), FieldChange("level", "", self.level.value)]

    @property
    def makes_administrator(self) -> bool:
        """
        Tell whether there is one more active Administrator afterwards.
        """
        return self.level is Level.ADMINISTRATOR

    def user(self, licence: Licence, user_id: UUID) -> PortalUser:
        """
        Return the user to be added to *licence*: without roles or dossiers.

        They have no password here either: it is the one on Web.  [R66, Q16]
        """
        return PortalUser(
            id=user_id,
            winbooks_id=self.after.winbooks_id,
            licence=licence.number,
            level=self.level,
            status=Status.ACTIVE if self.after.is_active else Status.INACTIVE,
            credential_source=CredentialSource.ON_WEB,
            first_name=self.after.first_name,
            last_name=self.after.last_name,
            company_name=licence.holder,
            language=self.after.language,
            phone=self.after.phone,
            dossiers=frozenset(),
            roles=frozenset(),
            notify_all_dossiers=False,
            external_id=self.after.external_id,
            deactivated_by_feed=not self.after.is_active,
        )


@final
@attrs.frozen(kw_only=True)
class CreateFromForm:
    """
    A person of an office file who has no WinBooks ID yet.  [S50]

    `line` is where the file names them.
    """

    action: ClassVar[Action] = Action.CREATE
    changes_anything: ClassVar[bool] = True
    changes_address: ClassVar[bool] = False

    new: NewUser
    line: int

    @property
    def key(self) -> WinBooksId:
        """
        Return what tells this change from the others: their WinBooks ID.
        """
        return self.new.winbooks_id

    @property
    def winbooks_id(self) -> WinBooksId:
        """
        Return the WinBooks ID that the user gets.
        """
        return self.new.winbooks_id

    @property
    def after(self) -> OfficeFields:
        """
        Return what the user starts with.
        """
        return OfficeFields.of_new(self.new)

    @property
    def fields(self) -> Sequence[FieldChange]:
        """
        Return the fields that the new user starts with.
        """
        return _given(self.after)

    @property
    def makes_administrator(self) -> bool:
        """
        Tell whether there is one more active Administrator afterwards.
        """
        return self.new.activate and self.new.level is Level.ADMINISTRATOR


@final
@attrs.frozen(kw_only=True)
class Update:
    """
    A user of the licence who is to be as a source says: a feed, or an office file.

    `version` is the one that the plan saw; `before` and `after` are the part of the
    user that the source decides.  [R67, S50]
    """

    user_id: UUID
    version: int
    before: SyncedFields | OfficeFields
    after: SyncedFields | OfficeFields

    @property
    def key(self) -> UUID:
        """
        Return what tells this change from the others: their internal key.
        """
        return self.user_id

    @property
    def winbooks_id(self) -> WinBooksId:
        """
        Return the WinBooks ID that the user has today.
        """
        return self.before.winbooks_id

    @property
    def action(self) -> Action:
        """
        Return the most important thing that happens to the user.
        """
        if self.before.is_active != self.after.is_active:
            return Action.REACTIVATE if self.after.is_active else Action.DEACTIVATE
        is_adopted = self.before.external_id != self.after.external_id
        return Action.ADOPT if is_adopted else Action.UPDATE

    @property
    def fields(self) -> Sequence[FieldChange]:
        """
        Return the fields that change.
        """
        return [
            FieldChange(name, _shown(self.before, name), _shown(self.after, name))
            for name in _names(self.before)
            if getattr(self.before, name) != getattr(self.after, name)
        ]

    @property
    def changes_anything(self) -> bool:
        """
        Tell whether the user is not yet as they are to be.
        """
        return self.before != self.after

    @property
    def takes_rights(self) -> bool:
        """
        Tell whether the user is deactivated or gets a lower level.
        """
        before, after = self.before, self.after
        is_lowered = (
            isinstance(before, OfficeFields)
            and isinstance(after, OfficeFields)
            and after.level < before.level
        )
        return is_lowered or self.action is Action.DEACTIVATE

    @property
    def changes_address(self) -> bool:
        """
        Tell whether the user gets another WinBooks ID.
        """
        before, after = self.before.winbooks_id, self.after.winbooks_id
        # Most keep the one that they have, and need no comparison.
        return before is not after and before != after


Change: TypeAlias = Create | CreateFromForm | Update
"""
What is to happen to one user.
"""


def _given(part: SyncedFields | OfficeFields) -> list[FieldChange]:
    return [
        FieldChange(name, "", after)
        for name in _names(part)
        if (after := _shown(part, name))
    ]


def _names(part: SyncedFields | OfficeFields) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(type(part)))


def _shown(part: SyncedFields | OfficeFields, name: str) -> str:
    value = plain(getattr(part, name))
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
