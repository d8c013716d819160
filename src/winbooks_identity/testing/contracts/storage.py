"""
What does a class have to do to be a `Storage`?
"""

from ...ports import Storage
from .all_or_nothing import AllOrNothing
from .failed_attempts import FailedAttempts
from .housekeeping import Housekeeping
from .leaving import Leaving
from .life import Life
from .link_requests import LinkRequests
from .linking import Linking
from .listing import Listings
from .many import Many
from .owners import Owners
from .races import Races
from .reading import Reading
from .registering import Registering
from .saving import Saving
from .stateful import check_any_sequence


__all__ = ["StorageContract"]


class StorageContract(
    AllOrNothing,
    Owners,
    Many,
    Saving,
    Life,
    Leaving,
    Linking,
    LinkRequests,
    Listings,
    FailedAttempts,
    Housekeeping,
    Registering,
    Reading,
    Races,
):
    """
    A storage keeps all of a unit of work or nothing, and one owner for an ID.

    Supply the fixture `storage`: an empty one for each test.
    """

    def test_any_sequence_of_calls_does_what_a_dictionary_does(
        self, storage: Storage
    ) -> None:
        """
        Units of work in any order answer as a model of dictionaries does.
        """
        check_any_sequence(storage)
