"""
How is a plan saved, mailed and read again?

The file is JSON with a digest, so that one that was cut off or edited is not
carried out.  The digest is no signature: the person who applies a plan answers for it.
"""

import json
from hashlib import sha256
from types import UnionType
from typing import Any, Final, TypeVar
from uuid import UUID

from ..errors import Invalid
from ..language import Language
from ..level import Level
from ..names import PersonName
from ..phone import PhoneNumber
from ..plain import plain_fields
from ..winbooks_id import WinBooksId
from .changes import Change, Create, Update
from .plan import Finding, Plan
from .reason import Reason
from .remarks import NotAPlan, PlanChanged
from .synced_fields import SyncedFields


__all__ = ["digest", "document", "dump", "load"]

#: Changes with the shape of the file; files of other versions are refused.
_FORMAT: Final = "winbooks-identity synchronisation plan, version 1"

#: What `json` makes of a file; the checked constructors of the values judge it.
_Json = dict[str, Any]

T = TypeVar("T")


def digest(plan: Plan) -> str:
    """
    Return what tells *plan* from every other plan: 64 hexadecimal digits.
    """
    return _digest(_of_plan(plan))


def document(plan: Plan) -> dict[str, object]:
    """
    Return *plan* as JSON that `load` reads, to stand in a larger document.
    """
    content = _of_plan(plan)
    return {"format": _FORMAT, "digest": _digest(content), "plan": content}


def dump(plan: Plan) -> str:
    """
    Return *plan* as a file that `load` reads.
    """
    return json.dumps(document(plan), ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> Plan:
    """
    Return the plan that *text* holds, alone or in a larger document.

    Raises:
        Invalid: *text* is no plan, or not as `dump` wrote it.
    """
    try:
        envelope = json.loads(text)
        if envelope["format"] != _FORMAT:
            raise Invalid((NotAPlan(),))
        content = envelope["plan"]
        plan = _to_plan(content)
    # Whatever is missing or of another kind: it is not one of our files.
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise Invalid((NotAPlan(),)) from None
    if envelope.get("digest") != _digest(content):
        raise Invalid((PlanChanged(),))
    return plan


def _digest(content: _Json) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _of_plan(plan: Plan) -> _Json:
    return {
        "licence": plan.licence,
        "changes": [_of_change(change) for change in plan.changes],
        "conflicts": [_of_finding(finding) for finding in plan.conflicts],
        "kept": [_of_finding(finding) for finding in plan.kept],
        "remarks": [_of_finding(finding) for finding in plan.remarks],
        "held": [_of_finding(finding) for finding in plan.held],
        "unchanged": plan.unchanged,
        "partial": None if plan.partial is None else _of_reason(plan.partial),
        "quarantine": [_of_reason(reason) for reason in plan.quarantine],
    }


def _to_plan(raw: _Json) -> Plan:
    return Plan(
        licence=_a(str, raw["licence"]),
        changes=tuple(_to_change(each) for each in raw["changes"]),
        conflicts=tuple(_to_finding(each) for each in raw["conflicts"]),
        kept=tuple(_to_finding(each) for each in raw["kept"]),
        remarks=tuple(_to_finding(each) for each in raw["remarks"]),
        held=tuple(_to_finding(each) for each in raw["held"]),
        unchanged=_a(int, raw["unchanged"]),
        partial=None if raw["partial"] is None else _to_reason(raw["partial"]),
        quarantine=tuple(_to_reason(each) for each in raw["quarantine"]),
    )


def _of_change(change: Change) -> _Json:
    shared = {"action": change.action.value, "after": _of_synced_fields(change.after)}
    if isinstance(change, Create):
        return {**shared, "level": change.level.value}
    return {
        **shared,
        "user_id": str(change.user_id),
        "version": change.version,
        "before": _of_synced_fields(change.before),
    }


def _to_change(raw: _Json) -> Change:
    after = _to_synced_fields(raw["after"])
    if raw["action"] == Create.action.value:
        return Create(after=after, level=Level(raw["level"]))
    return Update(
        user_id=UUID(raw["user_id"]),
        version=_a(int, raw["version"]),
        before=_to_synced_fields(raw["before"]),
        after=after,
    )


def _of_synced_fields(synced_fields: SyncedFields) -> _Json:
    return plain_fields(synced_fields)


def _to_synced_fields(raw: _Json) -> SyncedFields:
    return SyncedFields(
        external_id=_perhaps(str, raw["external_id"]),
        winbooks_id=WinBooksId(raw["winbooks_id"]),
        first_name=PersonName(raw["first_name"]),
        last_name=PersonName(raw["last_name"]),
        language=Language(raw["language"]),
        phone=None if raw["phone"] is None else PhoneNumber(raw["phone"]),
        is_active=_a(bool, raw["is_active"]),
    )


def _of_finding(finding: Finding) -> _Json:
    login = finding.winbooks_id
    return {
        "external_id": finding.external_id,
        "winbooks_id": None if login is None else login.address,
        "place": finding.place,
        "reasons": [_of_reason(reason) for reason in finding.reasons],
    }


def _to_finding(raw: _Json) -> Finding:
    login = raw["winbooks_id"]
    return Finding(
        external_id=_perhaps(str, raw["external_id"]),
        winbooks_id=None if login is None else WinBooksId(login),
        place=_perhaps(int, raw["place"]),
        reasons=tuple(_to_reason(each) for each in raw["reasons"]),
    )


def _of_reason(reason: Reason) -> _Json:
    return {
        "code": reason.code,
        "params": dict(reason.params),
        "field": reason.field,
        "message": reason.message(),
    }


def _to_reason(raw: _Json) -> Reason:
    return Reason(
        _a(str, raw["code"]),
        tuple((name, _a(str | int, value)) for name, value in raw["params"].items()),
        _a(str, raw["field"]),
    )


def _a(kind: type[T] | UnionType, value: T) -> T:
    if isinstance(value, kind):
        return value
    raise TypeError


def _perhaps(kind: type[T], value: T | None) -> T | None:
    return None if value is None else _a(kind, value)
