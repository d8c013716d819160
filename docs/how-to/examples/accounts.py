"""
The portal that the pages on forms share: an office with two dossiers, in memory.

A product of yours has this on its own storage, and knows who is signed in.
"""

from winbooks_identity import (
    Distributor,
    Dossier,
    Language,
    Licence,
    Portal,
    Product,
    WinBooksAdministration,
)
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.names import CompanyName


LICENCE = Licence(
    number="WB-2041",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
DOSSIERS = [
    Dossier(number="KORENAAR", name=CompanyName("Bakkerij De Korenaar BV")),
    Dossier(number="LILAS", name=CompanyName("Garage des Lilas SRL")),
]

#: The person who fills in the form; a product asks its session.
SIGNED_IN = Distributor(LICENCE.number)

portal = Portal(
    InMemoryStorage(),
    hasher=Argon2Hasher(CHEAPEST),  # For examples and tests only.
    letters=StandardLetters("portal@office.example", "https://portal.office.example/"),
    sealer=AesGcmSealer({"first": generate_key()}),
)
service = portal.provisioning
service.register_licence(LICENCE, DOSSIERS, by=WinBooksAdministration())
