"""
After a year with housekeeping each week, the database is as large as what it keeps.
"""

import random
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

import attrs
import pytest

from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.retention import Kept, Retention
from winbooks_identity.testing import samples


USERS: Final = [f"user-{number}" for number in range(300)]
#: To how many users something happens in a week: to each once a month.
TOUCHED: Final = len(USERS) // 4
STEP: Final = timedelta(days=7)
#: A sealed mail.
CONTENT: Final = bytes(1_500)


class Life:
    """
    What happens in a licence, the same in each run.
    """

    def __init__(self) -> None:
        self._chance = random.Random(1)  # noqa: S311  No secret.
        self._versions = dict.fromkeys(USERS, 0)

    def begin(self, unit: UnitOfWork) -> None:
        """
        Make the licence and its users.
        """
        unit.licences.register(samples.licence(), [])
        unit.users.add_all([samples.user(name) for name in USERS])

    def go_on(self, unit: UnitOfWork, at: datetime) -> None:
        """
        Change users, write to them, and let strangers try their names.
        """
        for name in self._chance.sample(USERS, TOUCHED):
            self._versions[name] += 1
            event = samples.event(name, version=self._versions[name])
            unit.history.add(attrs.evolve(event, at=at))
            mail = samples.mail(to=name, sealed=CONTENT, created_at=at)
            unit.outbox.put(attrs.evolve(mail, id=self._id()))
            unit.outbox.withdraw({mail.user_id}, {mail.kind}, at)
            failed = samples.failed_attempt(of=name, at=at)
            unit.failed_attempts.add(attrs.evolve(failed, id=self._id()))

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128))


@pytest.mark.slow  # 52 weeks of seven transactions that reach the disk.
def test_a_year(tmp_path: Path) -> None:
    """
    The file is at most 1.2 times as large as a new one with the same content.  [S80]
    """
    file, life, now = tmp_path / "office.sqlite3", Life(), samples.NOW
    year = Retention(history=timedelta(days=200))  # So that events go, too.
    with open_office(file, new=True, retention=year) as portal:
        portal.storage.run(life.begin)
        night = attrs.evolve(portal, clock=lambda: now).housekeeping
        removed = dict.fromkeys(Kept, 0)
        for step in range(365 // STEP.days):
            now = samples.NOW + step * STEP
            portal.storage.run(partial(life.go_on, at=now))
            for each in night.run():
                removed[each.kept] += each.number

    small = tmp_path / "small.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("VACUUM INTO ?", (str(small),))
    assert file.stat().st_size <= 1.2 * small.stat().st_size
    # Without housekeeping it would be the double: the test has teeth.
    assert removed[Kept.MAILS] >= removed[Kept.HISTORY] > 1_000
