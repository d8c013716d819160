"""
Who works in the office of the demonstration?

A firm is invented, with people of every level, in every state that a user can be in.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from winbooks_identity import (
    Distributor,
    Dossier,
    Language,
    Licence,
    Product,
)
from winbooks_identity.names import CompanyName


__all__ = [
    "DISTRIBUTOR",
    "DOSSIERS",
    "LICENCE",
    "PORTAL",
    "SENDER",
    "Invented",
    "invented_people",
]

#: Where the Portal would be; the mails name it.
PORTAL: Final = "https://portal.kantoor.example"
SENDER: Final = "portal@kantoor.example"

LICENCE: Final = Licence(
    number="WB-2041",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
DOSSIERS: Final = (
    Dossier(number="KORENAAR", name=CompanyName("Bakkerij De Korenaar BV")),
    Dossier(number="LILAS", name=CompanyName("Garage des Lilas SRL")),
    Dossier(number="MAES", name=CompanyName("Architectenbureau Maes & Zoon")),
    Dossier(number="VLIERBEEK", name=CompanyName("Brouwerij Vlierbeek NV")),
)
DISTRIBUTOR: Final = Distributor(LICENCE.number, operator="an.verbeke")


class Invented(NamedTuple):
    """
    Someone who was created some *days* ago, and signed in since then or not.
    """

    days: int
    has_signed_in: bool
    form: Mapping[str, object]


def invented_people() -> tuple[Invented, ...]:
    """
    Return everyone in ``people.toml``.
    """
    file = Path(__file__).with_name("people.toml")
    people = tomllib.loads(file.read_text("utf-8"))["people"]
    return tuple(
        Invented(form.pop("days"), form.pop("has_signed_in"), form) for form in people
    )
