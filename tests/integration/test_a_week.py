"""
An office of forty lives for a week by commands alone, and is what a model says.
"""

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from sqlalchemy import URL

from command_line import CommandLine
from winbooks_identity.level import Level
from winbooks_identity.plain import plain


DOSSIERS: Final = ("D-1", "D-2", "D-3", "D-4")
STAFF: Final = [f"staff{number}@office.example" for number in range(20)]
CUSTOMERS: Final = [f"customer{number}@clients.example" for number in range(20)]
SENDER: Final = (
    *("--sender", "portal@office.example"),
    *("--portal-url", "https://portal.office.example/"),
)
DAYS, COMMANDS_A_DAY = 5, 3
#: People whom the feed of another licence brings while mails go out.
FOLLOWED: Final = 30


@attrs.define
class Person:
    """
    What is expected of a user.
    """

    level: Level
    last_name: str
    dossiers: set[str]
    is_active: bool = True

    def shown(self, address: str) -> dict[str, object]:
        """
        Return what ``user list --json`` says of them.
        """
        return {
            "winbooks_id": address,
            "level": plain(self.level),
            "status": "active" if self.is_active else "inactive",
            "last_name": self.last_name,
            "dossiers": sorted(self.dossiers),
        }


@attrs.define
class Office:
    """
    The model: everyone, and what commands make of them.
    """

    chance: random.Random
    people: dict[str, Person] = attrs.field(factory=dict[str, Person])

    def found(self) -> str:
        """
        Return the office file with which it begins.
        """
        tables = [
            '[licence]\nnumber = "WB-1"\nproduct = "Classic"',
            'language = "nl"\nholder = "Fiduciaire Week"',
        ]
        tables += [
            f'[[dossier]]\nnumber = "{each}"\nname = "{each}"' for each in DOSSIERS
        ]
        for number, address in enumerate(STAFF):
            level = Level.ADMINISTRATOR if number < 2 else Level.POWER_USER
            tables.append(self._add(address, level, "employee"))
        for address in CUSTOMERS:
            tables.append(self._add(address, Level.USER, "end_customer"))
        return "\n".join(tables)

    def _add(self, address: str, level: Level, table: str) -> str:
        dossiers = set(self.chance.sample(DOSSIERS, 2))
        name = address.partition("@")[0].strip("0123456789").capitalize()
        self.people[address] = Person(level, name, dossiers)
        lines = [
            f"[[{table}]]",
            f'winbooks_id = "{address}"',
            "generate_password = true",
            f'first_name = "Jan"\nlast_name = "{name}"',
            f"dossiers = {json.dumps(sorted(dossiers))}",
        ]
        if level is Level.USER:
            lines.append('company_name = "Klant"\nlanguage = "nl"')
            lines.append('roles = ["View.User"]')
        else:
            name = "Administrator" if level is Level.ADMINISTRATOR else "Power User"
            lines.append(f'level = "{name}"')
        return "\n".join(lines)

    def next(self) -> tuple[str, ...]:
        """
        Return a command that is legal, after what it does was done to the model.
        """
        # The first Administrator stays, so that there always is one.
        address = self.chance.choice([each for each in self.people if each != STAFF[0]])
        person = self.people[address]
        steps = [self._switch, self._rename, self._regrant]
        if person.level is not Level.USER:
            steps.append(self._change_level)
        return ("user", *self.chance.choice(steps)(address, person))

    def _switch(self, address: str, person: Person) -> tuple[str, ...]:
        person.is_active = not person.is_active
        return ("activate" if person.is_active else "deactivate", address)

    def _rename(self, address: str, person: Person) -> tuple[str, ...]:
        person.last_name = self.chance.choice(["Peeters", "De Smet", "Özdemir"])
        return ("edit", address, "--last-name", person.last_name)

    def _regrant(self, address: str, person: Person) -> tuple[str, ...]:
        lacking = sorted({*DOSSIERS} - person.dossiers)
        if len(person.dossiers) > 1 and (not lacking or self.chance.random() < 0.5):
            dossier = self.chance.choice(sorted(person.dossiers))
            person.dossiers.remove(dossier)
            return ("revoke", address, "--dossier", dossier)
        dossier = self.chance.choice(lacking)
        person.dossiers.add(dossier)
        return ("grant", address, "--dossier", dossier)

    def _change_level(self, address: str, person: Person) -> tuple[str, ...]:
        is_up = person.level is Level.POWER_USER
        person.level = Level.ADMINISTRATOR if is_up else Level.POWER_USER
        return (
            "change-level",
            address,
            "--to",
            "Administrator" if is_up else "Power User",
        )

    def erase(self) -> tuple[str, ...]:
        """
        Return a command that takes a customer away.
        """
        address = next(each for each in CUSTOMERS if each in self.people)
        del self.people[address]
        return ("user", "erase", address, "--yes")

    def create(self, number: int) -> tuple[str, ...]:
        """
        Return a command that makes a colleague.
        """
        address = f"new{number}@office.example"
        self.people[address] = Person(Level.POWER_USER, "Nieuw", {"D-1"})
        return (
            *("user", "create", address, "--generate-password", "--show-passwords"),
            *("--level", "Power User", "--first-name", "An", "--last-name", "Nieuw"),
            *("--dossier", "D-1", "--licence", "WB-1"),
        )


@pytest.fixture(params=["sqlite", "postgresql"])
def command(
    request: pytest.FixtureRequest,
    command: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    """
    Return what runs a command on a database that the environment names.
    """
    database = "office.sqlite3"
    if request.param == "postgresql":
        url: URL = request.getfixturevalue("emptied_postgresql")
        database = url.render_as_string(hide_password=False)
        command("key", "create", "portal.keys")
        monkeypatch.setenv("WINBOOKS_IDENTITY_KEY_FILE", "portal.keys")
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", database)
    return command


def listed(command: CommandLine) -> list[dict[str, object]]:
    """
    Return what the office is, as a command lists it.
    """
    people = command("user", "list", "--licence", "WB-1", "--json").document["people"]
    fields = ("winbooks_id", "level", "status", "last_name", "dossiers")
    return [{field: person[field] for field in fields} for person in people]


def begun(*arguments: str) -> subprocess.Popen[bytes]:
    """
    Return a command that runs by itself.
    """
    return subprocess.Popen(  # noqa: S603  Our own interpreter.
        [sys.executable, "-m", "winbooks_identity", *arguments, "--json"],
        stdout=subprocess.PIPE,
    )


def document(process: subprocess.Popen[bytes], *codes: int) -> Mapping[str, Any]:
    """
    Return what a command answered that runs by itself and ends with one of *codes*.
    """
    written, _ = process.communicate(timeout=120)
    assert process.returncode in codes, written
    answer: Mapping[str, Any] = json.loads(written)
    return answer


@pytest.mark.slow  # Some fifty commands, and four processes at one time.
def test_a_week(command: CommandLine) -> None:
    """
    Each evening the office is what the model says.

    On Friday mails, a feed and housekeeping meet, and every mail goes out once.
    """
    office = Office(random.Random(40))  # noqa: S311  No secret.
    Path("office.toml").write_text(office.found(), encoding="utf-8")
    made = command("provision", "office.toml", "--show-passwords")
    assert 0 == made.code, made.err

    for day in range(DAYS):
        today = [office.next() for _ in range(COMMANDS_A_DAY)]
        for arguments in (*today, office.create(day), office.erase()):
            ended = command(*arguments)
            assert 0 == ended.code, (arguments, ended.err)
        assert [
            office.people[address].shown(address) for address in sorted(office.people)
        ] == listed(command)

    assert_friday(command, office)


def assert_friday(command: CommandLine, office: Office) -> None:
    """
    Let two relays, a feed of another licence and housekeeping run at one time.
    """
    Path("on-web.toml").write_text(
        '[licence]\nnumber = "WB-9"\nproduct = "WinBooks on Web"\n'
        'holder = "Fiduciaire Web"\nlanguage = "fr"\n',
        encoding="utf-8",
    )
    rows = (f"E-{n};web{n}@web.example;Web;Peeters\n" for n in range(FOLLOWED))
    Path("feed.csv").write_text(
        f"external_id;login;first_name;last_name\n{''.join(rows)}#records;{FOLLOWED}\n",
        encoding="utf-8",
    )
    active = [each for each, person in office.people.items() if person.is_active]
    Path("active.txt").write_text("\n".join(active), encoding="utf-8")
    assert 0 == command("provision", "on-web.toml").code
    reset = command(
        *("user", "reset-password", "--from", "active.txt", "--generate-password"),
        *("--send-credentials", *SENDER),
    )
    assert 0 == reset.code, reset.err
    waiting = command("metrics", "--json").document["mails"]["waiting"]

    relays = [begun("deliver", "--mail-dir", "mails") for _ in range(2)]
    feed = begun("sync", "feed.csv", "--licence", "WB-9", "--apply")
    house = begun("database", "housekeep")

    # A relay says "try again" while the other one has mails in hand.
    answers = [document(relay, 0, 75) for relay in relays]
    sent = [mail["to"] for answer in answers for mail in answer["mails"]["delivered"]]
    assert FOLLOWED == document(feed, 0)["done"]
    assert 0 == document(house, 0)["removed"]["mails"]
    assert waiting == len(sent) >= len(active)
    assert {*active} <= {*sent}
    left = command("deliver", "--mail-dir", "mails", "--json").document["mails"]
    assert (0, 0) == (left["waiting"], len(left["delivered"]))
    assert FOLLOWED == len(
        command("user", "list", "--licence", "WB-9", "--json").document["people"]
    )
