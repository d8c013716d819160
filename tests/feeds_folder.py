"""
Where do the tests of a nightly run get licences and a folder for their feeds from?
"""

from pathlib import Path

from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.authorization import WinBooksAdministration
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName


__all__ = ["register_licences"]


def register_licences() -> None:
    """
    Make the folder ``feeds``, and ``office.db`` with WB-1, WB-2 and WB-3 in it.
    """
    Path("feeds").mkdir()
    with open_office(Path("office.db"), new=True) as office:
        for number in ("WB-1", "WB-2", "WB-3"):
            office.provisioning.register_licence(
                Licence(
                    number=number,
                    product=Product.ON_WEB,
                    holder=CompanyName(f"Office {number}"),
                    language=Language.DUTCH,
                ),
                by=WinBooksAdministration(),
            )
