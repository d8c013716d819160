"""
Those who manage users look after their mails, with `--as`.  [S2, S55]
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Ended
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.cli.application import run


LICENCE = """\
[licence]
number = "{number}"
product = "Classic"
holder = "Fiduciaire Peeters"
language = "nl"

[[dossier]]
number = "1001"
name = "De Korenaar"
"""
EMPLOYEE = """
[[employee]]
winbooks_id = "{name}@example.org"
generate_password = true
level = "{level}"
dossiers = ["1001"]
send_credentials = true
first_name = "{name}"
last_name = "Peeters"
"""
CUSTOMER = """
[[end_customer]]
winbooks_id = "joan@example.org"
generate_password = true
dossiers = ["1001"]
roles = ["View.User"]
send_credentials = true
first_name = "Joan"
last_name = "Clarke"
company_name = "De Korenaar"
language = "nl"
"""
WRITTEN = (
    *("--sender", "portal@example.org"),
    *("--portal-url", "https://portal.example.org/"),
)

Run = Callable[..., Ended]


@pytest.fixture(params=["sqlite", "postgresql"])
def command(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """
    Return what runs a command on two offices whose mails wait.
    """
    monkeypatch.chdir(tmp_path)
    place = "office.sqlite3"
    if request.param == "postgresql":
        url = request.getfixturevalue("emptied_postgresql")
        place = url.render_as_string(hide_password=False)
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", place)
    monkeypatch.setenv("WINBOOKS_IDENTITY_KEY_FILE", "portal.keys")

    def ended(*arguments: str) -> Ended:
        code = run(arguments, hasher=Argon2Hasher(CHEAPEST))
        written = capsys.readouterr()
        return Ended(code, written.out, written.err)

    ended("key", "create", "portal.keys")
    first = LICENCE.format(number="WB-1")
    first += EMPLOYEE.format(name="ada", level="Administrator")
    first += EMPLOYEE.format(name="grace", level="Power User") + CUSTOMER
    second = LICENCE.format(number="WB-2")
    second += EMPLOYEE.format(name="alan", level="Administrator")
    for name, office in (("first.toml", first), ("second.toml", second)):
        Path(name).write_text(office, encoding="utf-8")
        assert 0 == ended("provision", name, *WRITTEN).code
    return ended


def mails_of(command: Run, *options: str) -> dict[str, str]:
    """
    Return the ids of the mails that are listed, by the user.
    """
    listed = command("mail", "list", *options, "--json").document["mails"]
    return {mail["winbooks_id"].partition("@")[0]: mail["id"] for mail in listed}


def test_whose_mails_they_are(command: Run) -> None:
    """
    Managers see those of their people and their own, and decide about their people's.
    """
    ids = mails_of(command)
    seen = {name: set(mails_of(command, "--as", f"{name}@example.org")) for name in ids}
    foreign = command("mail", "show", ids["alan"], "--as", "ada@example.org")
    named = command(
        "mail", "list", "--of", "alan@example.org", "--as", "ada@example.org"
    )
    own = command("mail", "show", ids["joan"], "--as", "joan@example.org")
    would = command(
        *("mail", "discard", ids["joan"], "--as", "joan@example.org", "--dry-run")
    )
    refused = command("mail", "discard", ids["joan"], "--as", "joan@example.org")
    done = command("mail", "discard", ids["joan"], "--as", "grace@example.org")

    assert {
        "ada": {"ada", "grace", "joan"},
        "grace": {"grace", "joan"},
        "joan": {"joan"},
        "alan": {"alan"},
    } == seen
    assert (2, 1, 0) == (foreign.code, named.code, own.code)
    assert "alan" not in foreign.out + foreign.err + named.out
    assert (1, 1, 0) == (would.code, refused.code, done.code)
    assert "this user may not decide about it" in refused.out
    assert "joan" not in mails_of(command)


def test_what_they_leave_alone(command: Run) -> None:
    """
    What an operator holds back stays so, and who is told of a change hears of it.
    """
    by = ("--as", "ada@example.org")
    command("user", "reset-password", "grace@example.org", "--generate-password",
            "--show-passwords", *by)  # fmt: skip
    notice = mails_of(command)["grace"]

    withdrawn = command("mail", "discard", notice, *by)
    sent = command("mail", "retry", notice, *by)
    command("mail", "hold")
    held = command("mail", "retry", "--reason", "mail.held", *by, "--json")
    let_go = command("mail", "retry", "--reason", "mail.held", "--json")
    command("user", "deactivate", "grace@example.org")
    inactive = command("mail", "list", "--as", "grace@example.org")

    assert (1, 0, 1, 0) == (withdrawn.code, sent.code, held.code, let_go.code)
    assert [] == held.document["done"]
    assert 4 == len(let_go.document["done"])
    assert 1 == inactive.code
    assert "grace" not in inactive.out


def test_mails_to_no_one(command: Run) -> None:
    """
    Who is not there is told from no one who may not be seen.
    """
    ended = command(
        "mail", "list", "--of", "no.one@example.org", "--as", "ada@example.org"
    )

    assert 1 == ended.code
