"""
How are the tables of a provisioning file read, so that every problem is known?
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, TypeGuard, cast, final

import attrs

from ... import toml_document
from ...dossier import Dossier
from ...errors import InvalidFields
from ...fields import Fields
from ...language import Language
from ...licence import Licence, Product
from ...names import CompanyName
from ...passwords import PasswordJudge
from ...phone import PhoneParser
from ...problems import Missing, NotText, Problem, text_problem
from ...winbooks_id import WinBooksId
from ..new_user import NewEmployee, NewEndCustomer, NewUser
from .problems import (
    Finding,
    InvalidFile,
    NotOneTable,
    NotQuoted,
    NotTables,
    NotToml,
    NotUtf8,
    SameDossier,
    SameWinBooksId,
    UndeclaredDossier,
    UnknownField,
    UnknownTable,
)
from .toml_lines import Path, line_of, lines_of


__all__ = ["Person", "Reader"]


@final
@attrs.frozen
class Person:
    """
    A filled-in creation form, the line on which it begins, and the keys that it has.
    """

    line: int
    new: NewUser
    given: frozenset[str] = frozenset()


_Table = dict[str, Any]

#: The fields of the form and what stands for its generate button.  [spec § 2]
_FORM: Final = frozenset(field.name for field in attrs.fields(NewUser)) | {
    "generate_password"
}

#: Characters of an unknown key that are repeated.
_MAX_SHOWN: Final = 40

_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "licence": frozenset(field.name for field in attrs.fields(Licence)),
    "dossier": frozenset(field.name for field in attrs.fields(Dossier)),
    "employee": _FORM,
    "end_customer": _FORM,
}

_PEOPLE: Final[Mapping[str, type[NewUser]]] = {
    "employee": NewEmployee,
    "end_customer": NewEndCustomer,
}


@final
class Reader:
    """
    Reads table after table and collects what is wrong.
    """

    def __init__(self, text: str) -> None:
        """
        Take the *text* of a file.

        Raises:
            InvalidFile: it is not TOML.
        """
        self._document = _load(text)
        self.findings: list[Finding] = [*_not_utf_8(text)]
        self._lines = lines_of(text)
        self._declared: dict[str, int] = {}
        self._seen: dict[WinBooksId, int] = {}

    def refuse_unknown_tables(self) -> None:
        """
        Report the tables that a provisioning file does not have.
        """
        for name in self._document.keys() - _FIELDS.keys():
            self._report((name,), UnknownTable(_shown(name), _nearest(name, _FIELDS)))

    def read_licence(self) -> Licence:
        """
        Return the licence, or what stands in for a wrong one while rows are read.
        """
        raw = self._document.get("licence")
        if not _is_table(raw):
            missing = raw is None
            self._report(("licence",), Missing() if missing else NotOneTable("licence"))
            return _stand_in(Product.CLASSIC)
        self._refuse_unknown_fields(("licence",), raw)
        fields = Fields(raw)
        try:
            return Licence.read(fields)
        except InvalidFields as invalid:
            self._report_fields(("licence",), raw, invalid)
        return _stand_in(fields.kept("product", Product) or Product.CLASSIC)

    def read_dossiers(self) -> Iterator[Dossier]:
        """
        Yield the dossiers without faults; report the others.
        """
        for path, raw in self._rows("dossier"):
            fields = Fields(raw)
            try:
                yield Dossier.read(fields)
            except InvalidFields as invalid:
                self._report_fields(path, raw, invalid)
            self._note_dossier(path, fields.kept("number", str))

    def read_people(
        self,
        licence: Licence,
        dossiers: Sequence[Dossier],
        judge: PasswordJudge,
        phone: PhoneParser,
    ) -> Iterator[Person]:
        """
        Yield the filled-in forms without faults, by line; report the others.

        The dossiers have to be read before: these are the declared ones.
        """
        rows = [
            (path, raw, kind)
            for table, kind in _PEOPLE.items()
            for path, raw in self._rows(table)
        ]
        rows.sort(key=lambda row: self._line(row[0]))
        for path, raw, kind in rows:
            fields = Fields(raw)
            try:
                new = kind.read(
                    fields,
                    licence=licence,
                    judge=judge,
                    dossiers=dossiers,
                    phone=phone,
                )
            except InvalidFields as invalid:
                self._report_fields(path, raw, invalid)
            else:
                yield Person(self._line(path), new, frozenset(raw))
            self._note_winbooks_id(path, fields.kept("winbooks_id", WinBooksId))
            self._refuse_undeclared(
                path, cast("frozenset[str] | None", fields.kept("dossiers", frozenset))
            )

    def _rows(self, table: str) -> Iterator[tuple[Path, _Table]]:
        rows = self._document.get(table, [])
        if not _are_tables(rows):
            self._report((table,), NotTables(table))
            return
        for place, raw in enumerate(rows):
            path = (table, place)
            self._refuse_unknown_fields(path, raw)
            yield path, raw

    def _note_dossier(self, path: Path, number: str | None) -> None:
        if number is None:
            return
        if first_line := self._declared.get(number):
            self._report((*path, "number"), SameDossier(first_line))
        self._declared.setdefault(number, self._line(path))

    def _note_winbooks_id(self, path: Path, winbooks_id: WinBooksId | None) -> None:
        if winbooks_id is None:
            return
        if first_line := self._seen.get(winbooks_id):
            self._report((*path, "winbooks_id"), SameWinBooksId(first_line))
        self._seen.setdefault(winbooks_id, self._line(path))

    def _refuse_undeclared(self, path: Path, numbers: frozenset[str] | None) -> None:
        for number in sorted((numbers or frozenset()) - self._declared.keys()):
            self._report((*path, "dossiers"), UndeclaredDossier(number))

    def _refuse_unknown_fields(self, path: Path, raw: _Table) -> None:
        known = _FIELDS[str(path[0])]
        for name in raw.keys() - known:
            self._report(
                (*path, name), UnknownField(_shown(name), _nearest(name, known))
            )

    def _report_fields(self, path: Path, raw: _Table, invalid: InvalidFields) -> None:
        for field, problems in invalid.by_field.items():
            generated = field == "password" and "password" not in raw
            key = "generate_password" if generated else field
            for problem in problems:
                not_quoted = isinstance(problem, NotText)
                self._report((*path, key), NotQuoted() if not_quoted else problem)

    def _report(self, path: Path, problem: Problem) -> None:
        table, last = path[0], path[-1]
        is_field = len(path) > 1 and last in _FIELDS.get(str(table), ())
        self.findings.append(
            Finding(
                line=self._line(path),
                table=str(table) if table in _FIELDS else None,
                field=str(last) if is_field else None,
                problem=problem,
            )
        )

    def _line(self, path: Path) -> int:
        return line_of(path, self._lines)


def _is_table(value: object) -> TypeGuard[_Table]:
    return isinstance(value, dict)


def _are_tables(value: object) -> TypeGuard[list[_Table]]:
    return isinstance(value, list) and all(map(_is_table, cast("list[object]", value)))


def _load(text: str) -> _Table:
    if problems := text_problem(text):
        raise InvalidFile(tuple(Finding(1, None, None, each) for each in problems))
    try:
        return toml_document.load(text)
    except ValueError as refusal:
        # Its words may quote the file: only the place is taken over.
        place = re.search(r"\(at line (\d+), column (\d+)\)$", str(refusal))
        line, column = map(int, place.groups()) if place else _end(text)
    not_toml = Finding(line, None, None, NotToml(column))
    raise InvalidFile((*_not_utf_8(text),) or (not_toml,))


def _not_utf_8(text: str) -> Iterator[Finding]:
    """
    Yield that *text* was saved in another encoding, where it holds what is left of one.
    """
    if broken := re.search("[\ud800-\udfff]", text):
        yield Finding(text.count("\n", 0, broken.start()) + 1, None, None, NotUtf8())


def _end(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _stand_in(product: Product) -> Licence:
    return Licence(
        number="0",
        product=product,
        holder=CompanyName("0"),
        language=Language.ENGLISH,
    )


def _nearest(name: str, known: Iterable[str]) -> str:
    return get_close_matches(name[:_MAX_SHOWN], sorted(known), n=1, cutoff=0)[0]


def _shown(name: str) -> str:
    """
    Return a key in a spelling that no screen can take for anything else.
    """
    shown = name if re.fullmatch(r"[\w-]+", name) else json.dumps(name)
    return shown if len(shown) <= _MAX_SHOWN else f"{shown[:_MAX_SHOWN]}…"
