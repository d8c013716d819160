"""
Whatever happens to a mail between the look and the claim, it has one holder.

So it is where locked rows cannot be skipped, and relays look at the same mails.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import URL, Engine, event, text

from winbooks_identity.adapters.sqlalchemy import (
    Capabilities,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
)
from winbooks_identity.mail.outbox import Claimed
from winbooks_identity.ports import OutboxQueue, UnitOfWork
from winbooks_identity.testing import samples


MINUTE = timedelta(minutes=1)
LATER = samples.NOW + MINUTE


def claim(queue: OutboxQueue) -> list[Claimed]:
    """
    Take what is due when the lease of the first relay has ended.
    """
    return list(queue.claim(LATER, lease=MINUTE, limit=9))


def give_back(queue: OutboxQueue) -> None:
    """
    Take a mail and return it as it was, but for the count of its attempts.
    """
    (claimed,) = claim(queue)
    queue.touch(claimed, until=LATER)
    queue.retry(claimed, at=LATER, reason="mail.later")


@pytest.fixture
def looking(emptied_postgresql: URL) -> Iterator[Engine]:
    """
    Return the engine of a relay that looks at mails which others look at too.
    """
    engine = open_postgresql(
        emptied_postgresql,
        capabilities=Capabilities(skips_locked=False, has_advisory_locks=True),
    )
    yield engine
    engine.dispose()


@pytest.fixture
def first(postgresql: Engine) -> Claimed:
    """
    Return the mail that a slow relay holds, whose lease has ended.
    """

    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        unit.users.add(samples.user())
        unit.outbox.put(samples.mail())

    SqlAlchemyStorage(postgresql).run(work)
    queue = SqlAlchemyOutboxQueue(postgresql)
    (claimed,) = queue.claim(samples.NOW, lease=MINUTE, limit=1)
    return claimed


class TestMeanwhile:
    """
    A claim takes the mail that was seen, or none.
    """

    @pytest.mark.parametrize(
        "happens",
        [
            pytest.param(lambda queue, _: claim(queue), id="another claims it"),
            pytest.param(
                lambda queue, first: queue.touch(first, until=LATER + MINUTE),
                id="its holder prolongs their lease",
            ),
            pytest.param(
                lambda queue, first: queue.sent(first, LATER), id="its holder sends it"
            ),
            pytest.param(lambda queue, _: give_back(queue), id="another tried it"),
        ],
    )
    def test_a_mail_that_changed_is_left(
        self,
        postgresql: Engine,
        looking: Engine,
        first: Claimed,
        happens: Callable[[OutboxQueue, Claimed], object],
    ) -> None:
        """
        Whoever comes between is not overtaken.
        """
        others = [lambda: happens(SqlAlchemyOutboxQueue(postgresql), first)]

        @event.listens_for(looking, "before_cursor_execute")
        def come_between(_: object, __: object, statement: str, *___: object) -> None:
            if statement.startswith("UPDATE winbooks_outbox") and others:
                others.pop()()

        assert [] == claim(SqlAlchemyOutboxQueue(looking))
        assert [] == others


class TestReason:
    """
    Why a mail waits is there to be read.
    """

    def test_stands_beside_the_mail(self, postgresql: Engine, first: Claimed) -> None:
        """
        The code of the last failure, for whoever looks into the table.
        """
        SqlAlchemyOutboxQueue(postgresql).retry(
            first, at=LATER, reason="unavailable.mail"
        )

        with postgresql.connect() as connection:
            assert (
                "unavailable.mail"
                == connection.execute(
                    text("SELECT reason FROM winbooks_outbox")
                ).scalar_one()
            )
