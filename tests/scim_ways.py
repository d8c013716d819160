"""
How is an answer without models compared with one by the library of the protocol?
"""

from collections.abc import Sequence
from pathlib import Path

from identity_provider import IdentityProvider
from office import Office
from people import LICENCE
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.portal_user import PortalUser


__all__ = ["both_ways"]


def both_ways(
    folder: Path, *users: PortalUser
) -> Sequence[tuple[IdentityProvider, Office]]:
    """
    Return two offices with the same *users*, and an identity provider for each.
    """
    ways: list[tuple[IdentityProvider, Office]] = []
    for name in ("plain", "library"):
        office = Office()
        office.add(*users, password=None)
        tokens = TokenFile(folder / name)
        token = tokens.issue(LICENCE.number, "Okta").reveal()
        app = scim_application(office.portal, tokens)
        ways.append((IdentityProvider(app, token), office))
    return ways
