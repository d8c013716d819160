"""
Which accounting files can a user open, and how do they differ?
"""

import re
from collections.abc import Mapping
from typing import ClassVar, Final, Self, TypeAlias, final

import attrs

from .errors import Invalid
from .fields import Fields
from .names import CompanyName
from .problems import Problem, text_problem


__all__ = [
    "MAX_LENGTH",
    "Dossier",
    "DossierNumber",
    "InvalidNumber",
    "LicenceNumber",
    "check_number",
    "parse_number",
]

#: What names a licence: a text that `check_number` accepts.
LicenceNumber: TypeAlias = str

#: What names a dossier within its licence: a text that `check_number` accepts.
DossierNumber: TypeAlias = str

#: Characters; our choice, room for every numbering that offices use.
MAX_LENGTH: Final = 40

_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@attrs.frozen
class InvalidNumber(Problem):
    """
    The number of a licence or dossier is made of letters, digits and ``. _ / -``.
    """

    code: ClassVar[str] = "number.invalid"

    maximum: int = MAX_LENGTH


def check_number(text: str) -> tuple[Problem, ...]:
    """
    Return why *text* cannot be the number of a licence or dossier.
    """
    if problems := text_problem(text):
        return problems
    fits = len(text) <= MAX_LENGTH and _NUMBER.fullmatch(text)
    return () if fits else (InvalidNumber(),)


def parse_number(text: str) -> str:
    """
    Return *text*, the number of a licence or dossier.

    Raises:
        Invalid: *text* cannot be one.
    """
    if problems := check_number(text):
        raise Invalid(problems)
    return text


@final
@attrs.frozen(kw_only=True)
class Dossier:
    """
    The accounting file of one company, held in a licence (nl, fr *dossier*).

    [R36]

    >>> dossier = Dossier.parse({"number": "1001", "name": "Bakkerij Claes"})
    >>> dossier.number
    '1001'

    Raises:
        Invalid: *number* cannot be one.
    """

    number: DossierNumber
    name: CompanyName

    def __attrs_post_init__(self) -> None:
        parse_number(self.number)

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> Self:
        """
        Return the dossier that *raw* describes by ``number`` and ``name``.

        Raises:
            InvalidFields: with every problem of every field.
        """
        return cls.read(Fields(raw))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """
        Return what *fields* say; afterwards they have the good values of a bad form.

        Raises:
            InvalidFields: with every problem of every field.
        """
        number = fields.read("number", parse_number)
        name = fields.read("name", CompanyName.parse)
        fields.raise_if_any()
        return cls(number=number.value, name=name.value)
