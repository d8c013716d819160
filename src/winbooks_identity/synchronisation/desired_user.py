"""
What does licence management say of one employee?
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, Self, final

import attrs

from ..errors import Invalid, InvalidFields
from ..fields import Fields, is_blank
from ..language import Language
from ..names import PersonName
from ..phone import PhoneNumber
from ..problems import Problem, text_problem
from ..winbooks_id import WinBooksId
from . import spoilt
from .reason import Reason
from .remarks import MAX_EXTERNAL_ID, InvalidExternalId


__all__ = [
    "COLUMNS",
    "BadRecord",
    "DesiredUser",
    "check_external_id",
    "parse_external_id",
    "read",
]

#: What a source may say of a person.
COLUMNS: Final = (
    *("external_id", "login", "first_name", "last_name", "language", "phone"),
    *("is_active", "is_licence_admin"),
)

#: What the Portal keeps as it is where a source says nonsense.
_OPTIONAL: Final = frozenset({"language", "phone"})

_PRINTABLE: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")


def check_external_id(text: str) -> tuple[Problem, ...]:
    """
    Return why *text* cannot be what licence management calls a person.  [R69]
    """
    if problems := text_problem(text):
        return problems
    fits = len(text) <= MAX_EXTERNAL_ID and _PRINTABLE.fullmatch(text)
    return () if fits else (InvalidExternalId(),)


def parse_external_id(text: str) -> str:
    """
    Return *text*, what licence management calls a person.

    Raises:
        Invalid: *text* cannot be that.
    """
    if problems := check_external_id(text):
        raise Invalid(problems)
    return text


@final
@attrs.frozen(kw_only=True)
class DesiredUser:
    """
    One employee as licence management wants them on the Portal.  [R65, R68]

    `external_id` never changes, `login` may: it is their WinBooks ID.  `language`
    and `phone` are `None` where the source does not say; then the Portal's
    stay.  Where it says nonsense, they are too, and `left_out` says why: a person is
    not left out for an optional field.  `place` is where the record stands in its
    source, where that is known: see `BadRecord`.

    Raises:
        Invalid: *external_id* cannot be one.
    """

    external_id: str
    login: WinBooksId
    first_name: PersonName
    last_name: PersonName
    language: Language | None = None
    phone: PhoneNumber | None = None
    is_active: bool = True
    is_licence_admin: bool = False
    left_out: tuple[Reason, ...] = ()
    place: int | None = attrs.field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        parse_external_id(self.external_id)

    @classmethod
    def parse(
        cls,
        record: Mapping[str, object],
        *,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
    ) -> Self:
        """
        Return what *record* says; its keys are the names of the attributes.

        A blank value is one that the source does not give.

        Args:
            record: text by name; truth values or words such as ``yes`` and
                ``0`` for *is_active* and *is_licence_admin*.
            phone: reads a phone number; international notation by default.

        Raises:
            InvalidFields: with every problem of every field.
        """
        return cls.read(_fields_of(record), phone=phone)

    @classmethod
    def read(cls, fields: Fields, *, phone: Callable[[str], PhoneNumber]) -> Self:
        """
        Return what *fields* say; afterwards they have the good values of a bad record.

        Raises:
            InvalidFields: with every problem of every field.
        """
        external_id = fields.read("external_id", _read_external_id)
        login = fields.read("login", WinBooksId.parse)
        first_name = fields.read("first_name", _read_name)
        last_name = fields.read("last_name", _read_name)
        language = fields.read("language", Language.parse, None)
        number = fields.read("phone", phone, None)
        is_active = fields.read_flag("is_active", default=True)
        is_licence_admin = fields.read_flag("is_licence_admin", default=False)
        fields.raise_if_any()
        return cls(
            external_id=external_id.value,
            login=login.value,
            first_name=first_name.value,
            last_name=last_name.value,
            language=language.value,
            phone=number.value,
            is_active=is_active.value,
            is_licence_admin=is_licence_admin.value,
        )


@final
@attrs.frozen(kw_only=True)
class BadRecord:
    """
    A record that is no user, why, and as much as is known of whom it means.

    `place` is where it stands in its source: the row of a spreadsheet, the line of a
    file, or its number among the records of an interface, from 1.  [R69]
    """

    place: int
    reasons: tuple[Reason, ...]
    external_id: str | None = None
    login: WinBooksId | None = None


def read(
    record: Mapping[str, object],
    *,
    place: int,
    phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
) -> DesiredUser | BadRecord:
    """
    Return what *record* says, or why it says nothing.  [R69]
    """
    fields = _fields_of(record)
    try:
        return attrs.evolve(DesiredUser.read(fields, phone=phone), place=place)
    except InvalidFields as invalid:
        if invalid.by_field.keys() <= _OPTIONAL:
            needed = {name: record[name] for name in record.keys() - invalid.by_field}
            return attrs.evolve(
                DesiredUser.parse(needed, phone=phone),
                place=place,
                left_out=Reason.of_each(invalid.by_field),
            )
        return BadRecord(
            place=place,
            reasons=Reason.of_each(invalid.by_field),
            external_id=fields.kept("external_id", str),
            login=fields.kept("login", WinBooksId),
        )


def _read_external_id(text: str) -> str:
    if problems := (*spoilt.check_external_id(text), *check_external_id(text)):
        raise Invalid(problems)
    return text


def _read_name(text: str) -> PersonName:
    if problems := (*spoilt.check_name(text), *PersonName.check(text)):
        raise Invalid(problems)
    return PersonName.parse(text)


def _fields_of(record: Mapping[str, object]) -> Fields:
    """
    Return the fields of *record* that are not blank.
    """
    # To a form a blank box means "no"; here it would deactivate people.
    given = {name: value for name, value in record.items() if not is_blank(value)}
    return Fields(given)
