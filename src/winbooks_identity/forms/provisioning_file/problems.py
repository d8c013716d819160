"""
What can be wrong with a provisioning file, beside what can be wrong with a form?
"""

from typing import ClassVar, final

import attrs

from ...errors import IdentityError, listed
from ...problems import Problem


__all__ = [
    "Finding",
    "InvalidFile",
    "NotOneTable",
    "NotQuoted",
    "NotTables",
    "NotToml",
    "NotUtf8",
    "SameDossier",
    "SameWinBooksId",
    "UndeclaredDossier",
    "UnknownField",
    "UnknownTable",
]


@attrs.frozen
class NotToml(Problem):
    """
    A provisioning file is TOML 1.0.
    """

    code: ClassVar[str] = "provisioning_file.not_toml"

    column: int


@attrs.frozen
class NotUtf8(Problem):
    """
    A provisioning file is saved as UTF-8, as TOML is.
    """

    code: ClassVar[str] = "provisioning_file.not_utf_8"


@attrs.frozen
class UnknownTable(Problem):
    """
    A provisioning file has no other tables than its four.
    """

    code: ClassVar[str] = "provisioning_file.unknown_table"

    name: str
    nearest: str


@attrs.frozen
class UnknownField(Problem):
    """
    A table has no other keys than the fields of its form.
    """

    code: ClassVar[str] = "provisioning_file.unknown_field"

    name: str
    nearest: str


@attrs.frozen
class NotOneTable(Problem):
    """
    The licence is written once, as ``[licence]``.
    """

    code: ClassVar[str] = "provisioning_file.not_one_table"

    name: str


@attrs.frozen
class NotTables(Problem):
    """
    What there can be several of is written in double brackets.
    """

    code: ClassVar[str] = "provisioning_file.not_tables"

    name: str


@attrs.frozen
class NotQuoted(Problem):
    """
    Numbers of dossiers, phone numbers and the like are text, in quotes.

    Without quotes, TOML rejects a number that begins with zeros.
    """

    code: ClassVar[str] = "provisioning_file.not_quoted"


@attrs.frozen
class SameWinBooksId(Problem):
    """
    A WinBooks ID occurs once in a file, whatever the spelling.  [R2, R3]
    """

    code: ClassVar[str] = "provisioning_file.same_winbooks_id"

    first_line: int


@attrs.frozen
class SameDossier(Problem):
    """
    The number of a dossier occurs once in a file.  [R37]
    """

    code: ClassVar[str] = "provisioning_file.same_dossier"

    first_line: int


@attrs.frozen
class UndeclaredDossier(Problem):
    """
    A file declares every dossier that it gives access to.  [R37, R40]
    """

    code: ClassVar[str] = "provisioning_file.undeclared_dossier"

    number: str


@final
@attrs.frozen
class Finding:
    """
    A problem and its place in the file; `table` and `field` where it has one.
    """

    line: int
    table: str | None
    field: str | None
    problem: Problem


@final
@attrs.frozen
class InvalidFile(IdentityError, ValueError):
    """
    A provisioning file is wrong: every problem of every line, in their order.
    """

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return "; ".join(
            f"line {each.line}: {each.table}.{each.field}: {listed((each.problem,))}"
            for each in self.findings
        )
