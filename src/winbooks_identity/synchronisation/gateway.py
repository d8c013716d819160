"""
What does a synchronisation ask of licence management?
"""

from typing import Protocol

from ..licence import Licence
from .snapshot import Snapshot


__all__ = ["LicenceManagementGateway"]


class LicenceManagementGateway(Protocol):
    """
    Reads the users of a licence from licence management.

    What it promises is fixed by the contract suite in
    `winbooks_identity.testing.contracts`.
    """

    def snapshot(self, licence: Licence) -> Snapshot:
        """
        Return the users of *licence*, its staff, and say whether they are all.

        `Complete` is a promise: no one is missing.  A gateway that cannot make it
        returns `Partial` with what it has.  A record that describes no one is a
        `BadRecord`, never an exception.  [R69, Q17]

        Raises:
            LicenceManagementUnavailable: it does not answer.
            Invalid: what it answers is no list of users, as a file of another kind.
        """
        ...
