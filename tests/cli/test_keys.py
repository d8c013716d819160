"""
Keys are made, listed, rotated and removed, and never shown.
"""

import base64
import os
from errno import EPERM
from pathlib import Path

import pytest

from command_line import CommandLine
from winbooks_identity.adapters import key_ring


OFFICE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters"
language = "nl"

[[employee]]
winbooks_id = "ada@example.org"
generate_password = true
level = "Administrator"
send_credentials = true
first_name = "Ada"
last_name = "Lovelace"
"""


class TestKeys:
    """
    A key goes by its id and its day.
    """

    def test_create(self, command: CommandLine) -> None:
        """
        The file holds one key, which is in use.
        """
        outcome = command("key", "create", "portal.keys", "--json")

        (entry,) = key_ring.entries(Path("portal.keys"))
        assert 0 == outcome.code
        assert [
            {"id": entry.id, "made_on": str(entry.made_on), "in_use": True}
        ] == outcome.document["keys"]

    def test_mails_that_may_need_a_key(self, command: CommandLine) -> None:
        """
        A mail that waits, made while a key was in use, keeps that key.
        """
        Path("office.toml").write_text(OFFICE, "utf-8")
        letters = (
            "--sender",
            "portal@example.org",
            "--portal-url",
            "https://p.example",
        )
        command("provision", "office.toml", "-d", "office.db", *letters)
        keys, secret = Path("office.db.key"), base64.b64encode(bytes(32)).decode()
        content = keys.read_text("ascii")
        older = f"older {secret} 2020-05-01\noldest {secret} 2020-01-02\n"
        keys.write_text(content + older, "ascii")
        command("key", "rotate", "office.db.key")

        shown = command("key", "list", "office.db.key", "--database", "office.db")
        listed = command("key", "list", "office.db.key", "-d", "office.db", "--json")
        plain = command("key", "list", "office.db.key", "--json")

        # Processes may go on with an old key on the day of a rotation and the next.
        assert [None, 1, 1, 0] == [
            each.get("mails") for each in listed.document["keys"]
        ]
        assert "; 1 mail that is kept may need it\n" in shown.out
        assert not any("mails" in each for each in plain.document["keys"])

    def test_create_overwrites_nothing(self, command: CommandLine) -> None:
        """
        Keys that are there stay, and the answer says so.
        """
        command("key", "create", "portal.keys")
        before = key_ring.load(Path("portal.keys"))

        outcome = command("key", "create", "portal.keys")

        assert 69 == outcome.code
        assert "portal.keys  This file is there already" in outcome.err
        assert before == key_ring.load(Path("portal.keys"))

    def test_rotate(self, command: CommandLine) -> None:
        """
        The new one is listed first; no secret is shown.
        """
        command("key", "create", "portal.keys")

        outcome = command("key", "rotate", "portal.keys")

        new, old = key_ring.entries(Path("portal.keys"))
        assert 0 == outcome.code
        assert [
            f"{new.id}  in use, made on {new.made_on}",
            f"{old.id}  only opens what it sealed, made on {old.made_on}",
        ] == outcome.out.splitlines()

    def test_list(self, command: CommandLine) -> None:
        """
        A key that was written by hand has no day.
        """
        Path("portal.keys").write_text(f"by-hand {'A' * 43}=\n", encoding="ascii")
        Path("portal.keys").chmod(0o600)

        outcome = command("key", "list", "portal.keys")
        document = command("key", "list", "portal.keys", "--json").document

        assert "by-hand  in use, made on an unknown day\n" == outcome.out
        assert [{"id": "by-hand", "made_on": None, "in_use": True}] == document["keys"]

    def test_remove(self, command: CommandLine) -> None:
        """
        The old one goes; the one in use and an unknown one are refused.
        """
        command("key", "create", "portal.keys")
        command("key", "rotate", "portal.keys")
        new, old = key_ring.entries(Path("portal.keys"))

        in_use = command("key", "remove", "portal.keys", old.id, new.id)
        unknown = command("key", "remove", "portal.keys", old.id, "x")
        left = [*key_ring.load(Path("portal.keys"))]
        removed = command("key", "remove", "portal.keys", old.id)

        assert (2, 2, 0) == (in_use.code, unknown.code, removed.code)
        assert f"The key {new.id} is in use" in in_use.err
        assert "is not in the file" in unknown.err
        assert [new.id, old.id] == left
        assert [new.id] == [*key_ring.load(Path("portal.keys"))]

    def test_a_file_that_is_no_key_ring(self, command: CommandLine) -> None:
        """
        Its content is not repeated.
        """
        Path("portal.keys").write_text("canary\n", encoding="ascii")
        Path("portal.keys").chmod(0o600)

        outcome = command("key", "rotate", "portal.keys")

        assert 69 == outcome.code
        assert "portal.keys  This file holds no keys" in outcome.err
        assert "canary" not in outcome.err + outcome.out

    def test_a_file_for_all_to_read(self, command: CommandLine) -> None:
        """
        The answer says how to mend it.
        """
        command("key", "create", "portal.keys")
        Path("portal.keys").chmod(0o644)

        outcome = command("key", "list", "portal.keys")

        assert 69 == outcome.code
        assert "chmod 600" in outcome.err

    def test_a_file_whose_owner_cannot_be_kept(
        self, command: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The operating system's refusal is not called a bad file.
        """

        def denied(path: Path, *owner: int) -> None:
            raise PermissionError(EPERM, "Operation not permitted", path, owner)

        command("key", "create", "portal.keys")
        monkeypatch.setattr(os, "chown", denied)

        outcome = command("key", "rotate", "portal.keys")

        assert 69 == outcome.code
        assert "chmod 600" not in outcome.err
        assert 1 == len(key_ring.load(Path("portal.keys")))
