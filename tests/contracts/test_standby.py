"""
A standby answers what may be late, and the primary wherever it must not.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import attrs
import pytest
from sqlalchemy import URL, Engine, create_engine, event, text

from own_servers import Server
from winbooks_identity import WinBooksAdministration
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.adapters.opening import open_portal
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStandby,
    SqlAlchemyStorage,
    open_postgresql,
    open_standby,
)
from winbooks_identity.adapters.sqlalchemy.standby import REST
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.refusals import UnknownUser
from winbooks_identity.testing import samples


HOUR = timedelta(hours=1)
ADA, GRACE = samples.user("ada"), samples.user("grace")


@attrs.frozen
class Pair:
    """
    The database of a worker, and the same one on a standby.
    """

    primary: Engine
    standby: Engine
    urls: tuple[URL, URL]

    def ask(self, engine: Engine, question: str, **given: object) -> Any:  # noqa: ANN401  Any answer.
        """
        Return what a server answers.
        """
        with engine.connect() as connection:
            return connection.execute(text(question), given).scalar_one()

    def catch_up(self) -> None:
        """
        Wait until the standby has repeated what was committed.
        """
        place = self.ask(self.primary, "SELECT CAST(pg_current_wal_lsn() AS text)")
        question = "SELECT pg_last_wal_replay_lsn() >= CAST(:place AS pg_lsn)"
        while not self.ask(self.standby, question, place=place):
            pass

    def pause(self) -> None:
        """
        Let the standby repeat nothing more.
        """
        with self.standby.connect() as connection:
            connection.execute(text("SELECT pg_wal_replay_pause()"))
        while "paused" != self.ask(
            self.standby, "SELECT pg_get_wal_replay_pause_state()"
        ):
            pass

    def resume(self) -> None:
        """
        Let it go on.
        """
        with self.standby.connect() as connection:
            connection.execute(text("SELECT pg_wal_replay_resume()"))


@pytest.fixture(scope="module")
def server(postgresql_url: URL) -> Iterator[Server]:
    """
    Return a standby of the server of all tests.
    """
    source = Path(str(postgresql_url.query["host"]))
    # Not in a folder of pytest: others may not look into it.
    folder = Path(mkdtemp(prefix="winbooks-standby-"))
    if not os.getuid():
        shutil.chown(folder, source.owner())
    standby = Server(folder / "standby", 5432)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        standby.follow(source)
        stack.callback(standby.stop)
        standby.start()
        yield standby


@pytest.fixture
def pair(server: Server, emptied_postgresql: URL) -> Iterator[Pair]:
    """
    Return both servers, with Ada in the database.
    """
    url = emptied_postgresql.update_query_dict(
        {"host": str(server.folder.parent), "target_session_attrs": "standby"}
    )
    engines = [create_engine(each) for each in (emptied_postgresql, url)]
    pair = Pair(engines[0], engines[1], (emptied_postgresql, url))
    add_ada(SqlAlchemyStorage(pair.primary))
    pair.catch_up()
    yield pair
    pair.resume()
    for engine in engines:
        engine.dispose()


@pytest.fixture
def primary(emptied_postgresql: URL) -> Iterator[Engine]:
    """
    Return the primary, as the storage has it.
    """
    engine = open_postgresql(emptied_postgresql)
    yield engine
    engine.dispose()


@pytest.fixture
def standby(pair: Pair) -> Iterator[Engine]:
    """
    Return the standby, as reports have it.
    """
    engine = open_standby(pair.urls[1])
    yield engine
    engine.dispose()


def users(unit: UnitOfWork) -> Sequence[PortalUser]:
    """
    Return who is there.
    """
    return unit.users.of_licence(ADA.licence, limit=9)


def find_grace(unit: UnitOfWork) -> PortalUser:
    """
    Return Grace.
    """
    if found := unit.users.find(GRACE.id):
        return found
    raise UnknownUser


def add_ada(storage: Storage) -> None:
    """
    Let Ada be there, in her licence.
    """
    storage.run(lambda unit: unit.licences.register(samples.licence(), []))
    storage.run(lambda unit: unit.users.add(ADA))


def add_grace(storage: Storage) -> None:
    """
    Let Grace be there.
    """
    storage.run(lambda unit: unit.users.add(GRACE))


@pytest.mark.slow(is_measured=True)  # It copies a server and starts it.
class TestStandby:
    """
    A real standby, which repeats what the server of all tests commits.
    """

    def test_it_answers_within_its_lag(
        self, pair: Pair, primary: Engine, standby: Engine
    ) -> None:
        """
        What it has not heard of yet is not told.
        """
        late = SqlAlchemyStandby(standby, primary=primary, max_lag=HOUR)
        pair.pause()
        add_grace(late)

        assert [ADA] == late.read(users)
        assert {ADA, GRACE} == {*SqlAlchemyStorage(primary).read(users)}

    def test_the_primary_answers_beyond_it(
        self, pair: Pair, primary: Engine, standby: Engine
    ) -> None:
        """
        No one is told what was long ago.
        """
        late = SqlAlchemyStandby(standby, primary=primary, max_lag=timedelta(0))
        pair.pause()
        add_grace(late)

        assert {ADA, GRACE} == {*late.read(users)}

    def test_it_takes_over_as_what_it_follows(self, pair: Pair) -> None:
        """
        Where it is promoted, a relay holds nothing back.  [S83]
        """
        numbers = (
            "SELECT (SELECT system_identifier FROM pg_control_system()),"
            " (SELECT oid FROM pg_database WHERE datname = current_database()),"
            " CAST(CAST('winbooks_outbox' AS regclass) AS oid)"
        )

        of_primary, of_standby = (
            pair.ask(engine, f"SELECT CAST(row AS text) FROM ({numbers}) AS row")  # noqa: S608  Ours.
            for engine in (pair.primary, pair.standby)
        )

        assert of_primary == of_standby

    def test_its_own_clock_does_not_count(self, pair: Pair, primary: Engine) -> None:
        """
        One that is an hour slow makes nothing look fresh.
        """
        slow = (
            "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
            " AS $$ SELECT pg_catalog.clock_timestamp() - interval '1 hour' $$"
        )
        with primary.begin() as connection:
            connection.execute(text(slow))
        pair.catch_up()
        pair.pause()
        ours_first = {"options": "-csearch_path=public,pg_catalog"}
        standby = open_standby(pair.urls[1].update_query_dict(ours_first))
        late = SqlAlchemyStandby(standby, primary=primary, max_lag=timedelta(0))
        add_grace(late)

        assert {ADA, GRACE} == {*late.read(users)}
        standby.dispose()
        with primary.begin() as connection:
            connection.execute(text("DROP FUNCTION public.clock_timestamp()"))

    @pytest.mark.parametrize(
        "says",
        [
            # A primary that was restored has not come as far as what it had.
            "pg_last_wal_replay_lsn() RETURNS pg_lsn AS $$ SELECT pg_lsn 'F/0' $$",
            "pg_control_system(OUT system_identifier bigint) AS $$ SELECT 4711::int8 $$",
        ],
    )
    def test_it_follows_another(self, pair: Pair, primary: Engine, says: str) -> None:
        """
        What another server knows is nothing of this one, however fresh it looks.
        """
        with primary.begin() as connection:
            connection.execute(text(f"CREATE FUNCTION public.{says} LANGUAGE sql"))
        pair.catch_up()
        pair.pause()
        ours_first = {"options": "-csearch_path=public,pg_catalog"}
        standby = open_standby(pair.urls[1].update_query_dict(ours_first))
        late = SqlAlchemyStandby(standby, primary=primary, max_lag=HOUR)
        add_grace(late)

        assert {ADA, GRACE} == {*late.read(users)}
        standby.dispose()
        with primary.begin() as connection:
            connection.execute(text(f"DROP FUNCTION public.{says.partition('(')[0]}"))

    def test_the_primary_tells_the_time_once_in_a_while(
        self, pair: Pair, primary: Engine, standby: Engine
    ) -> None:
        """
        It is asked again after a rest, and where a commit is of the future.
        """
        used, now = list[object](), [100.0]
        event.listen(primary, "checkout", lambda *connection: used.append(connection))
        late = SqlAlchemyStandby(
            standby, primary=primary, max_lag=HOUR, clock=lambda: now[0]
        )
        pair.pause()
        found, asked = [late.read(users), late.read(users)], [len(used)]
        now[0] += REST
        found.append(late.read(users))
        asked.append(len(used))
        pair.resume()
        add_grace(SqlAlchemyStorage(pair.primary))
        pair.catch_up()

        assert {ADA, GRACE} == {*late.read(users)}
        assert [[ADA]] * 3 == found
        assert [1, 2, 3] == [*asked, len(used)]

    def test_a_refusal_is_the_primary_s(
        self, pair: Pair, primary: Engine, standby: Engine
    ) -> None:
        """
        Those who were just made are no strangers.
        """
        late = SqlAlchemyStandby(standby, primary=primary, max_lag=HOUR)
        pair.pause()
        add_grace(late)

        assert GRACE == late.read(find_grace)
        assert [ADA] == late.read(users)

    def test_it_answers_when_nothing_has_happened_for_long(
        self, pair: Pair, primary: Engine, standby: Engine
    ) -> None:
        """
        The primary says that nothing is missing, and reads nothing.
        """
        del pair
        used: list[object] = []
        event.listen(primary, "checkout", lambda *connection: used.append(connection))

        while True:
            # Other tests write on that server, so it may be behind at any moment.
            late = SqlAlchemyStandby(standby, primary=primary, max_lag=timedelta(0))
            used.clear()
            assert [ADA] == late.read(users)
            if len(used) == 1:
                return

    def test_what_writes_is_a_mistake(
        self, pair: Pair, primary: Engine, standby: Engine
    ) -> None:
        """
        It is not carried out by the primary either.
        """
        del pair
        late = SqlAlchemyStandby(standby, primary=primary)

        with pytest.raises(RuntimeError, match=r"users\.add"):
            late.read(lambda unit: unit.users.add(GRACE))
        assert [ADA] == SqlAlchemyStorage(primary).read(users)

    def test_a_portal_is_opened_with_one(self, pair: Pair) -> None:
        """
        Reports ask it, and closing the portal lets go of it.
        """
        letters = ("portal@firm.example", "https://firm.example/")
        connected = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        primary, standby = (
            url.render_as_string(hide_password=False) for url in pair.urls
        )
        with open_portal(
            primary,
            standby=standby,
            keys={"1": generate_key()},
            letters=StandardLetters(*letters),
            link_letters=StandardLinkLetters(
                *letters,
                set_password_url="https://firm.example/password",
                confirm_id_url="https://firm.example/confirm",
            ),
        ) as portal:
            portal.reports.impact(
                PasswordPolicy(), known=(), by=WinBooksAdministration()
            )
            assert 1 == pair.ask(pair.standby, connected)
        while pair.ask(pair.standby, connected):
            pass


class TestAway:
    """
    Without a standby that follows, the primary answers alone.
    """

    def test_one_that_is_not_there(self, primary: Engine) -> None:
        """
        No one hears of it.
        """
        add_ada(SqlAlchemyStorage(primary))
        nowhere = open_standby("postgresql:///postgres?host=/nowhere")
        late = SqlAlchemyStandby(nowhere, primary=primary)

        assert [ADA] == late.read(users)

    def test_one_that_follows_no_one(
        self, primary: Engine, postgresql_server: URL
    ) -> None:
        """
        It may be a former primary, and is asked again after a while only.
        """
        add_ada(SqlAlchemyStorage(primary))
        other, used = open_standby(postgresql_server), list[object]()
        event.listen(other, "checkout", lambda *connection: used.append(connection))
        now = [100.0]
        late = SqlAlchemyStandby(other, primary=primary, clock=lambda: now[0])

        answers = [late.read(users), late.read(users)]
        asked = [len(used)]
        now[0] += REST
        answers.append(late.read(users))
        asked.append(len(used))

        assert [[ADA]] * 3 == answers
        assert [1, 2] == asked
        other.dispose()
