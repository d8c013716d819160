"""
What is licence management, with nothing but a dictionary?
"""

from collections.abc import Mapping
from typing import final

import attrs

from ...errors import LicenceManagementUnavailable
from ...licence import Licence
from ...synchronisation.snapshot import Snapshot


__all__ = ["InMemoryLicenceManagement"]


@final
@attrs.frozen
class InMemoryLicenceManagement:
    """
    Says of every licence what it was given, by the licence's number.

    Of a licence that it was given nothing of, it does not answer.
    """

    snapshots: Mapping[str, Snapshot]

    def snapshot(self, licence: Licence) -> Snapshot:
        """
        Return the users of *licence*.

        Raises:
            LicenceManagementUnavailable: nothing is known of it.
        """
        try:
            return self.snapshots[licence.number]
        except KeyError:
            raise LicenceManagementUnavailable from None
