"""
How is a plan saved, mailed and read again?

The file is JSON with a digest, which people can compare on the telephone, and a
signature (HMAC-SHA-256, RFC 2104), so that a plan that was cut off, edited or made
elsewhere is not carried out.
"""

import hmac
import json
from collections.abc import Sequence
from hashlib import sha256
from types import UnionType
from typing import Any, Final, TypeVar, final
from uuid import UUID

from ..errors import Invalid
from ..language import Language
from ..level import Level
from ..names import PersonName
from ..phone import PhoneNumber
from ..plain import plain_fields
from ..winbooks_id import WinBooksId
from .changes import Change, Create, CreateFromForm, Update
from .office_fields import OfficeFields
from .plan import Finding, Plan
from .reason import Reason
from .remarks import NotAPlan, PlanChanged
from .synced_fields import SyncedFields


__all__ = ["KEY_LENGTH", "PlanFiles", "digest"]

#: Changes with the shape of the file; files of other versions are refused.
_FORMAT: Final = "winbooks-identity synchronisation plan, version 1"

#: Bytes; RFC 2104, section 3, asks for no less than those of the hash.
KEY_LENGTH: Final = 32

#: What `json` makes of a file; the checked constructors of the values judge it.
_Json = dict[str, Any]

T = TypeVar("T")


def digest(plan: Plan) -> str:
    """
    Return what tells *plan* from every other plan: 64 hexadecimal digits.
    """
    return _digest(_of_plan(plan))


@final
class PlanFiles:
    """
    Signs the plans that are saved, and recognises them.  [S33]

    Args:
        keys: secrets that only this application has, `KEY_LENGTH` bytes or more; the
            first signs, all of them recognise.

    Raises:
        ValueError: there is no key, or one is too short.
    """

    __slots__ = ("_keys",)

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) < KEY_LENGTH for key in keys):
            raise ValueError(f"a key of {KEY_LENGTH} bytes or more is needed")
        self._keys = tuple(keys)

    def document(self, plan: Plan) -> dict[str, object]:
        """
        Return *plan* as JSON that `load` reads, to stand in a larger document.

        Raises:
            TypeError: *plan* follows an office file, which can be kept itself.
        """
        content = _of_plan(plan)
        return {
            "format": _FORMAT,
            "digest": _digest(content),
            "signature": _signature(self._keys[0], content),
            "plan": content,
        }

    def dump(self, plan: Plan) -> str:
        """
        Return *plan* as a file that `load` reads.
        """
        return json.dumps(self.document(plan), ensure_ascii=False, indent=1) + "\n"

    def load(self, text: str) -> Plan:
        """
        Return the plan that *text* holds, alone or in a larger document.

        Raises:
            Invalid: *text* is no plan, or was not signed as it is with one of the
                keys.
        """
        try:
            envelope = json.loads(text)
            if envelope["format"] != _FORMAT:
                raise Invalid((NotAPlan(),))
            is_ours = self._is_ours(envelope)
            plan = _to_plan(envelope["plan"])
        # What lacks a part, or has one of another kind, is not one of our files.
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            raise Invalid((NotAPlan(),)) from None
        if not is_ours:
            raise Invalid((PlanChanged(),))
        return plan

    def _is_ours(self, envelope: _Json) -> bool:
        content, signature = envelope["plan"], envelope["signature"].encode()
        return envelope["digest"] == _digest(content) and any(
            hmac.compare_digest(signature, _signature(key, content).encode())
            for key in self._keys
        )


def _digest(content: _Json) -> str:
    return sha256(_canonical(content)).hexdigest()


def _signature(key: bytes, content: _Json) -> str:
    return hmac.digest(key, _canonical(content), "sha256").hex()


def _canonical(content: _Json) -> bytes:
    return json.dumps([_FORMAT, content], sort_keys=True).encode()


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
    if isinstance(change, CreateFromForm) or isinstance(change.after, OfficeFields):
        raise TypeError("only the plans of a feed are saved")
    shared = {"action": change.action.value, "after": plain_fields(change.after)}
    if isinstance(change, Create):
        return {**shared, "level": change.level.value}
    return {
        **shared,
        "user_id": str(change.user_id),
        "version": change.version,
        "before": plain_fields(change.before),
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
