"""
Registers an office and makes its first Administrator, once.
"""

from winbooks_identity import (
    Distributor,
    Licence,
    NewEmployee,
    WinBooksAdministration,
)
from winbooks_identity.adapters.django.wiring import portal


licence = Licence.parse(
    {"number": "WB-1", "product": "Classic", "holder": "Peeters BV", "language": "nl"}
)
portal().provisioning.register_licence(licence, [], by=WinBooksAdministration())
form = {
    "winbooks_id": "an.peeters@example.org",
    "generate_password": True,
    "level": "Administrator",
    "first_name": "An",
    "last_name": "Peeters",
}
created = portal().provisioning.create(
    NewEmployee.parse(form, licence=licence), by=Distributor("WB-1")
)
if created.password is not None:
    print(created.user.winbooks_id, created.password.reveal())
