"""
Which columns does the table of an export have?

The first row that is not empty says so.  Where it does not, no record can be read, and
that is said once: the file is another one, has a title above its table, was sorted
together with its first row, or is separated by something else.
"""

from typing import ClassVar, Final
from unicodedata import normalize

import attrs

from ..errors import Invalid
from ..problems import Problem
from ..synchronisation.desired_user import COLUMNS
from .table_file import TableRow


__all__ = ["ColumnsDoubled", "ColumnsMissing", "columns_of"]


@attrs.frozen
class ColumnsMissing(Problem):
    """
    The first row of an export names the columns that every record needs.
    """

    code: ClassVar[str] = "synchronisation.columns_missing"

    row: int
    columns: str


@attrs.frozen
class ColumnsDoubled(Problem):
    """
    Two columns of an export must not mean the same: it is unclear which one counts.
    """

    code: ClassVar[str] = "synchronisation.columns_doubled"

    row: int
    columns: str


def _folded(name: str) -> str:
    # Marks of accents are no letters once they stand by themselves.
    return "".join(filter(str.isalnum, normalize("NFKD", name))).casefold()


#: What Excel's users call the columns, in the languages of the Portal.
_HEADINGS: Final = {
    "external_id": ("reference", "referentie", "référence", "Referenz"),
    "login": (
        "WinBooks ID",
        "e-mail",
        "e-mailadres",
        "adresse e-mail",
        "E-Mail-Adresse",
    ),
    "first_name": ("voornaam", "prénom", "Vorname"),
    "last_name": ("achternaam", "naam", "nom", "Nachname", "surname"),
    "language": ("taal", "langue", "Sprache"),
    "phone": ("telefoon", "téléphone", "Telefon", "telephone"),
    "is_active": ("active", "actief", "actif", "aktiv"),
    "is_licence_admin": (
        *("licence admin", "admin. licentie", "admin licence", "Lizenz-Admin"),
    ),
}
_NAMES: Final = {
    _folded(heading): name for name in COLUMNS for heading in (name, *_HEADINGS[name])
}

#: What each record needs.
_NEEDED: Final = ("external_id", "login", "first_name", "last_name")


def columns_of(row: TableRow) -> tuple[str, ...]:
    """
    Return our name for each cell of *row*; an unknown column gets an empty one.

    Raises:
        Invalid: it lacks one that every record needs, or two mean the same.
    """
    named = tuple(_NAMES.get(_folded(str(cell)), "") for cell in row.cells or ())
    missing = [name for name in _NEEDED if name not in named]
    doubled = [name for name in COLUMNS if named.count(name) > 1]
    problems: list[Problem] = []
    if missing:
        problems.append(ColumnsMissing(row.number, ", ".join(missing)))
    if doubled:
        problems.append(ColumnsDoubled(row.number, ", ".join(doubled)))
    if problems:
        raise Invalid(tuple(problems))
    return named
