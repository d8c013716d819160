"""
What does a class have to do to be an `OutboxQueue`?
"""

from ...ports import OutboxQueue, Storage
from .decisions import Decisions
from .leases import Leases
from .stateful_outbox_queue import check_any_sequence
from .waiting import Waiting
from .withdrawing import Withdrawing


__all__ = ["OutboxQueueContract"]


class OutboxQueueContract(Waiting, Leases, Decisions, Withdrawing):
    """
    A queue gives each mail to one relay at a time, until it is sent or buried.

    Supply the fixture `storage`, an empty one for each test, and `queue`, the
    queue of the mails that are put there.
    """

    def test_any_sequence_of_calls_does_what_a_dictionary_does(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Relays that come in any order find what a model of the queue says.
        """
        check_any_sequence(storage, queue)
