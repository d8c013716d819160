"""
A Django project is told what its settings lack, and gets one portal of them.
"""

import subprocess
import sys
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.test import RequestFactory, override_settings

from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.django.attempts import DjangoAttempts
from winbooks_identity.adapters.django.sign_in_forms import SetPasswordForm
from winbooks_identity.adapters.django.wiring import mailer, portal, source_of
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.adapters.smtp import SmtpMailer
from winbooks_identity.attempts import AttemptLimits
from winbooks_identity.mail.relay import Attempt as RelayAttempt
from winbooks_identity.mail.relay import Delivery, DeliveryOutcome
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.named import RECOMMENDED


HERE = __name__
urlpatterns: list[object] = []
SOURCE = f"{HERE}.from_the_proxy"
NO_LIMITS = AttemptLimits({})
STRICT = PasswordPolicy(min_length=20)
MAILER = InMemoryMailer()


def from_the_proxy(_: object) -> str:
    """
    Return what a proxy says.
    """
    return "192.0.2.7"


def make_mailer() -> InMemoryMailer:
    """
    Return a mailer of the project's own.
    """
    return MAILER


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, HERE, sys.modules[__name__])


@pytest.fixture
def said(tmp_path: Path) -> dict[str, Any]:
    """
    Return a setting that is complete, with a key file.
    """
    key_ring.create(tmp_path / "portal.keys")
    return {**settings.WINBOOKS_IDENTITY, "KEY_RING": tmp_path / "portal.keys"}


def found(**changes: object) -> list[str]:
    """
    Return what the checks say of a project with other settings.
    """
    with override_settings(**changes):
        return [
            f"{each.id}: {each.msg}{each.hint or ''}"
            for each in checks.run_checks(include_deployment_checks=True)
            if str(each.id).startswith("winbooks_identity")
        ]


class TestChecks:
    """
    `manage.py check` says what is missing, all at once.
    """

    def test_a_project_that_is_complete(self, said: dict[str, Any]) -> None:
        """
        There is nothing to say.
        """
        assert [] == found(WINBOOKS_IDENTITY=said)

    @pytest.mark.parametrize("nothing", [{}, None, "text"])
    def test_everything_that_is_missing_is_said(self, nothing: object) -> None:
        """
        One run names every entry.
        """
        messages = found(WINBOOKS_IDENTITY=nothing)

        names = ("KEY_RING", "SENDER", "PORTAL_URL")
        assert [name in text for name, text in zip(names, messages, strict=True)]
        assert all(text.startswith("winbooks_identity.E001") for text in messages)

    @pytest.mark.parametrize(
        "name, value, words",
        [
            ("SENDR", "x", "no entry 'SENDR'"),
            ("BREACHED", "nowhere.at.all", "No module named 'nowhere'"),
            ("ESTIMATOR", 7, "it is the dotted path"),
            ("POLICY", "nonsense", "or one of"),
            ("POLICY", f"{HERE}.SOURCE", "is no PasswordPolicy"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, said: dict[str, Any], name: str, value: object, words: str
    ) -> None:
        """
        A name that is misspelt is not ignored.
        """
        (message,) = found(WINBOOKS_IDENTITY={**said, name: value})

        assert words in message
        with (
            override_settings(WINBOOKS_IDENTITY={**said, name: value}),
            pytest.raises(ImproperlyConfigured, match=words),
        ):
            portal()

    @pytest.mark.parametrize("name", ["SET_PASSWORD_URL", "CONFIRM_ID_URL"])
    def test_links_have_to_lead_somewhere(
        self, said: dict[str, Any], name: str
    ) -> None:
        """
        No mail goes out with a link to nothing.
        """
        del said[name]

        (message,) = found(WINBOOKS_IDENTITY=said, ROOT_URLCONF=HERE)

        assert message.startswith("winbooks_identity.E002")
        assert name in message

    def test_a_database_has_to_be_there(self, said: dict[str, Any]) -> None:
        """
        An alias that is misspelt is said.
        """
        (message,) = found(WINBOOKS_IDENTITY={**said, "DATABASE": "defualt"})

        assert "winbooks_identity.E003: DATABASES has no 'defualt'" == message

    def test_postgresql_needs_no_options(self, said: dict[str, Any]) -> None:
        """
        Nothing is asked of it.
        """
        assert [] == found(WINBOOKS_IDENTITY={**said, "DATABASE": "postgresql"})

    def test_writers_have_to_wait_for_each_other(
        self, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        SQLite without immediate transactions loses work under load.
        """
        options = connections.settings["default"]["OPTIONS"]
        monkeypatch.delitem(options, "transaction_mode")

        (message,) = found(WINBOOKS_IDENTITY=said)

        assert message.startswith("winbooks_identity.E003")

    def test_instants_are_in_utc(self, said: dict[str, Any]) -> None:
        """
        Without time zones, an end would be at another time in summer.
        """
        (message,) = found(WINBOOKS_IDENTITY=said, USE_TZ=False)

        assert message.startswith("winbooks_identity.E004")

    @pytest.mark.parametrize("content", [None, "nonsense"])
    def test_the_key_file_is_read_before_the_first_mail(
        self, said: dict[str, Any], tmp_path: Path, content: str | None
    ) -> None:
        """
        What is in it is not repeated; where none is, the check says how to make one.
        """
        path = tmp_path / "other.keys"
        if content is not None:
            path.write_text(content)
            path.chmod(0o600)

        (message,) = found(WINBOOKS_IDENTITY={**said, "KEY_RING": path})

        assert message.startswith(f"winbooks_identity.E005: {path}")
        assert "nonsense" not in message
        assert (f"key_ring.create(Path('{path}'))" in message) is (content is None)


class TestPortal:
    """
    One wiring for views, commands and the authentication.
    """

    def test_it_is_one(self, said: dict[str, Any]) -> None:
        """
        It is made once, with limits, and with links.
        """
        with override_settings(WINBOOKS_IDENTITY=said):
            made = portal()

            assert made is portal()
        assert None not in (made.attempts, made.links, made.queue, made.plan_files)
        assert PasswordPolicy() == made.policy

    @pytest.mark.parametrize(
        "name, policy", [("recommended", RECOMMENDED), (f"{HERE}.STRICT", STRICT)]
    )
    def test_a_project_chooses_its_parts(
        self, said: dict[str, Any], name: str, policy: PasswordPolicy
    ) -> None:
        """
        A part is the object that its dotted path names.
        """
        parts = ("BREACHED", "ESTIMATOR", "HASHER", "LETTERS", "LINK_LETTERS", "ON_WEB")
        chosen = dict.fromkeys(parts, f"{HERE}.MAILER")
        limits = {"ATTEMPT_LIMITS": f"{HERE}.NO_LIMITS", "POLICY": name}
        with override_settings(WINBOOKS_IDENTITY={**said, **chosen, **limits}):
            made = portal()

        assert policy == made.policy
        assert all(getattr(made, part.lower()) is MAILER for part in parts)
        assert isinstance(made.attempts, DjangoAttempts)
        assert NO_LIMITS is made.attempts._limits

    def test_another_setting_makes_no_new_one(self, said: dict[str, Any]) -> None:
        """
        Only those that are read for it do.
        """
        with override_settings(WINBOOKS_IDENTITY=said):
            made = portal()
            with override_settings(LANGUAGE_CODE="nl"):
                assert made is portal()

    def test_where_a_request_comes_from(self, said: dict[str, Any]) -> None:
        """
        It is the other end of the connection, unless a project knows better.
        """
        request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1")
        nowhere = RequestFactory().get("/", REMOTE_ADDR="")
        with override_settings(WINBOOKS_IDENTITY=said):
            assert ("198.51.100.1", None) == (source_of(request), source_of(nowhere))
        with override_settings(WINBOOKS_IDENTITY={**said, "SOURCE": SOURCE}):
            assert "192.0.2.7" == source_of(request)


class TestMailer:
    """
    Mails go to the server that the settings name.
    """

    def test_by_smtp(self, said: dict[str, Any]) -> None:
        """
        The entry has what `SmtpMailer` takes.
        """
        with override_settings(WINBOOKS_IDENTITY=said), ExitStack() as stack:
            assert isinstance(mailer(closed_by=stack), SmtpMailer)

    def test_by_a_mailer_of_the_project(self, said: dict[str, Any]) -> None:
        """
        A function makes it.
        """
        chosen = {**said, "MAILER": f"{HERE}.make_mailer"}
        with override_settings(WINBOOKS_IDENTITY=chosen), ExitStack() as stack:
            assert MAILER is mailer(closed_by=stack)

    def test_without(self, said: dict[str, Any]) -> None:
        """
        The relay does not begin.
        """
        del said["SMTP"]
        with (
            override_settings(WINBOOKS_IDENTITY=said),
            pytest.raises(ImproperlyConfigured, match=r'\["SMTP"\] is missing'),
        ):
            call_command("deliver_mails", once=True)

    def test_a_pass_that_was_stopped_is_a_failure(
        self, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A timer that runs it learns of it.
        """
        stopped = Delivery((), stopped_by="unavailable.storage_busy")
        monkeypatch.setattr(
            "winbooks_identity.mail.relay.Relay.deliver", lambda _: stopped
        )
        with (
            override_settings(WINBOOKS_IDENTITY=said),
            pytest.raises(CommandError, match=r"unavailable\.storage_busy"),
        ):
            call_command("deliver_mails", once=True)

    def test_mails_of_a_copy_are_a_failure(
        self, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        They wait for a decision, and the report says so.
        """
        copied, report = Delivery((), held=2), StringIO()
        monkeypatch.setattr(
            "winbooks_identity.mail.relay.Relay.deliver", lambda _: copied
        )
        with (
            override_settings(WINBOOKS_IDENTITY=said),
            pytest.raises(CommandError, match="2 are held back") as caught,
        ):
            call_command("deliver_mails", once=True, stdout=report)

        assert 1 == caught.value.returncode
        assert "2 HELD mail.held\n" == report.getvalue()

    def test_mails_that_wait_are_a_failure(
        self, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The exit code says that the next run may help.
        """
        attempt = RelayAttempt(
            message_id="<1@example.org>",
            outcome=DeliveryOutcome.POSTPONED,
            reason="unavailable.mail_server",
        )
        monkeypatch.setattr(
            "winbooks_identity.mail.relay.Relay.deliver", lambda _: Delivery((attempt,))
        )
        with (
            override_settings(WINBOOKS_IDENTITY=said),
            pytest.raises(CommandError, match="1 wait") as caught,
        ):
            call_command("deliver_mails", once=True)

        assert 75 == caught.value.returncode


def test_help_is_escaped() -> None:
    """
    Django's templates take it for HTML, and a policy may name any sign.
    """
    form = SetPasswordForm(policy=PasswordPolicy(forbidden_characters="<&"))

    assert "these characters: &amp;&lt;" in form.as_p()


def test_a_form_of_the_project_leaves_a_field_out() -> None:
    """
    The others stay as the page describes them.
    """

    class ChosenElsewhere(SetPasswordForm):
        password = None  # type: ignore[assignment]  # Django's way to leave it out.

    form = ChosenElsewhere(data={}, policy=PasswordPolicy())

    assert ["token"] == [*form.fields]
    assert [["Fill in this field."]] == [*form.errors.values()]


def test_forms_need_no_app() -> None:
    """
    A project that wants the fields alone changes no setting and gets no table.
    """
    code = (
        "import django; from django.conf import settings; settings.configure();"
        "django.setup();"
        "from winbooks_identity.adapters.django import WinBooksIdField;"
        "import sys; print([name for name in sys.modules if 'django.models' in name"
        " and name.startswith('winbooks')])"
    )
    done = subprocess.run(  # noqa: S603  Our own text.
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "[]\n" == done.stdout


def test_a_project_without_accounts() -> None:
    """
    The app starts all the same: there is nothing to watch.
    """
    with override_settings(INSTALLED_APPS=["winbooks_identity.adapters.django"]):
        assert apps.is_installed("winbooks_identity.adapters.django")
        assert not apps.is_installed("django.contrib.auth")
