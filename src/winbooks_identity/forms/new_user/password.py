"""
Which password does a creation form ask for: a typed or a generated one?
"""

from collections.abc import Iterable
from functools import partial
from typing import cast, final

import attrs

from ...dossier import Dossier
from ...fields import Fields, Reading
from ...licence import Licence
from ...names import CompanyName, PersonName
from ...passwords import Password, PasswordJudge
from ...personal_texts import texts_of
from ...problems import Missing, Problem
from ...winbooks_id import WinBooksId
from .problems import GenerationNotAllowed, TypedAndGenerated


__all__ = ["GeneratedPassword", "read_password"]


@final
@attrs.frozen
class GeneratedPassword:
    """
    Asks for a generated password of *length* characters.
    """

    length: int = 16


def read_password(
    fields: Fields,
    licence: Licence,
    judge: PasswordJudge,
    dossiers: Iterable[Dossier],
    *,
    on_web: bool,
) -> Reading[Password | GeneratedPassword]:
    """
    Read the password and the generate button: exactly one of them.  [R15, R61]

    The other fields have to be read before: they say who the person is.  *on_web*
    tells that the password is the one of WinBooks on Web.  [S56]
    """
    judged = partial(judge.parse, personal=_known(fields, licence, dossiers))
    generate = fields.read_box("generate_password", default=False)
    typed = fields.read_secret("password", Password if on_web else judged, None)
    if generate.problems:
        # The box has the problem, not the password.
        return fields.keep("password", Reading(GeneratedPassword()))
    if generate.value:
        is_typed = typed.problems or typed.value
        refused: tuple[Problem, ...] = (GenerationNotAllowed(),) if on_web else ()
        refused += (TypedAndGenerated(),) if is_typed else ()
        return fields.keep("password", Reading(GeneratedPassword(), problems=refused))
    if typed.problems:
        return Reading[Password | GeneratedPassword](problems=typed.problems)
    if typed.value is None:
        missing = Reading[Password | GeneratedPassword](problems=(Missing(),))
        return fields.keep("password", missing)
    return Reading(typed.value)


def _known(
    fields: Fields, licence: Licence, dossiers: Iterable[Dossier]
) -> tuple[str, ...]:
    """
    Return what the good fields of the form say of the person.
    """
    found = (
        fields.kept("first_name", PersonName),
        fields.kept("last_name", PersonName),
        fields.kept("winbooks_id", WinBooksId),
        fields.kept("company_name", CompanyName),
    )
    chosen = cast("frozenset[str]", fields.kept("dossiers", frozenset) or frozenset())
    by_number: dict[str, Dossier] = {each.number: each for each in dossiers}
    return texts_of(
        (each for each in found if each is not None),
        licence=licence,
        dossiers=[by_number.get(number, number) for number in sorted(chosen)],
    )
