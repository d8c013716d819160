"""
A portal is opened on a database, with the parts that the library ships.
"""

from pathlib import Path

import pytest
from sqlalchemy import URL

from winbooks_identity import WinBooksAdministration
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.key_ring import for_purpose, generate_key, load
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.adapters.opening import Parts, open_portal
from winbooks_identity.adapters.sqlalchemy import open_sqlite
from winbooks_identity.errors import StorageNotReady
from winbooks_identity.level import Level
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.testing import samples


SENDER, PORTAL = "portal@firm.example", "https://portal.firm.example/"


def letters() -> Parts:
    """
    Return what writes the mails of a portal that is opened on a server.
    """
    return Parts(
        letters=StandardLetters(SENDER, PORTAL),
        link_letters=StandardLinkLetters(
            SENDER,
            PORTAL,
            set_password_url=f"{PORTAL}password",
            confirm_id_url=f"{PORTAL}confirm",
        ),
    )


class TestOpenPortal:
    """
    An address and the keys are enough.
    """

    def test_a_sqlite_address(self, tmp_path: Path) -> None:
        """
        It is the office that `open_office` made, mails and all.
        """
        file = tmp_path / "office.sqlite3"
        with open_office(file, new=True) as office:
            office.provisioning.register_licence(
                samples.licence(), by=WinBooksAdministration()
            )
            user = samples.user(level=Level.ADMINISTRATOR)
            office.storage.run(lambda unit: unit.users.add(user))
            office.own_login.send_password_link(user.winbooks_id)
        keys = load(tmp_path / "office.sqlite3.key")

        mailer = InMemoryMailer()
        with open_portal(f"sqlite:///{file}", keys=keys, **letters()) as portal:
            portal.relay(mailer).deliver()

        assert [user.winbooks_id.address] == [mail.recipient for mail in mailer.sent]

    def test_a_postgresql_address(self, emptied_postgresql: URL) -> None:
        """
        The password of the address stays out of everything that is shown.
        """
        address = emptied_postgresql.set(drivername="postgresql")
        url = address.render_as_string(hide_password=False)
        with open_portal(url, keys={"1": generate_key()}, **letters()) as portal:
            portal.provisioning.register_licence(
                samples.licence(), by=WinBooksAdministration()
            )

            assert ["4711"] == list(
                portal.storage.run(lambda unit: unit.licences.numbers())
            )

    def test_a_database_without_tables(self, tmp_path: Path) -> None:
        """
        They are not made by the way.
        """
        open_sqlite(tmp_path / "empty.sqlite3").dispose()

        with pytest.raises(StorageNotReady):
            open_portal(
                f"sqlite:///{tmp_path / 'empty.sqlite3'}",
                keys={"1": generate_key()},
                **letters(),
            )

    def test_a_key_that_is_too_short(self, tmp_path: Path) -> None:
        """
        It is named before anything is sealed with it.
        """
        file = tmp_path / "office.sqlite3"
        open_office(file, new=True).close()

        with pytest.raises(ValueError, match="32 bytes or more"):
            open_portal(f"sqlite:///{file}", keys={"1": b"short"}, **letters())

    @pytest.mark.parametrize("name", ["letters", "link_letters"])
    def test_letters_are_asked_for(self, name: str) -> None:
        """
        No mail goes to people with an invented sender and links to nowhere.
        """
        given = letters()
        given[name] = None  # type: ignore[literal-required]  # One of the two.

        with pytest.raises(TypeError, match=f"needs {name}"):
            open_portal("sqlite:///office.db", keys={}, **given)

    def test_every_part_can_be_chosen(self, tmp_path: Path) -> None:
        """
        What is given takes the place of what is shipped.
        """
        file = tmp_path / "office.sqlite3"
        hasher, policy = Argon2Hasher(CHEAPEST), PasswordPolicy(min_length=20)
        with open_office(file, new=True, hasher=hasher, policy=policy) as office:
            assert (hasher, policy) == (office.hasher, office.judge.policy)
            assert office.storage.run(lambda unit: unit.licences.numbers()) == []
        chosen = letters()
        chosen["policy"] = policy
        with open_portal(
            f"sqlite:///{file}", keys={"1": generate_key()}, **chosen
        ) as portal:
            assert portal.judge.policy is policy


class TestForPurpose:
    """
    One key serves several purposes, and no two of them share a key.
    """

    def test_keys_of_two_purposes(self) -> None:
        """
        Ids stay; keys are 32 bytes, the same each time, and others per purpose.
        """
        ring = {"new": generate_key(), "old": generate_key()}
        outbox, links = for_purpose(ring, "outbox"), for_purpose(ring, "links")

        assert [*ring] == [*outbox] == [*links]
        assert 6 == len({*ring.values(), *outbox.values(), *links.values()})
        assert {32} == {len(key) for key in (*outbox.values(), *links.values())}
        assert outbox == for_purpose(ring, "outbox")
