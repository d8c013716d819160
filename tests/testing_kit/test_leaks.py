"""
A secret that comes out is noticed, wherever it does.
"""

import base64
import json
import logging
import sys
import warnings
from collections.abc import Callable

import pytest

from winbooks_identity.passwords import Password
from winbooks_identity.testing.leaks import Watch, assert_never_leaks


CANARY = "Kanarië-<2026>!"


def log_message() -> None:
    """
    Log the secret below the level that is shown.
    """
    logging.getLogger("shop.forms").debug("typed %s", CANARY)


def log_without_propagation() -> None:
    """
    Log the secret where the root logger does not hear it.
    """
    logger = logging.getLogger("shop.quiet")
    logger.propagate = False
    logger.warning("typed %s", CANARY)


def log_exception() -> None:
    """
    Log an exception that has the secret in its message.
    """
    try:
        raise_message()
    except ValueError:
        logging.getLogger("shop.forms").exception("refused")


def write_out() -> None:
    """
    Print the secret.
    """
    sys.stdout.write(f"password: {CANARY}\n")


def write_error() -> None:
    """
    Print the secret where errors go.
    """
    sys.stderr.write(f"password: {CANARY}\n")


def warn() -> None:
    """
    Warn with the secret in the message.
    """
    warnings.warn(f"weak: {CANARY}", UserWarning, stacklevel=1)


def raise_message() -> None:
    """
    Raise with the secret in the message.
    """
    raise ValueError(f"not accepted: {CANARY}")


def raise_from() -> None:
    """
    Raise something harmless because of something that is not.
    """
    try:
        raise_message()
    except ValueError as cause:
        raise LookupError("no such user") from cause


def raise_note() -> None:
    """
    Raise with the secret in a note.
    """
    error = ValueError("not accepted")
    error.add_note(f"typed: {CANARY}")
    raise error


def raise_group() -> None:
    """
    Raise several at once, one of them with the secret.
    """
    raise ExceptionGroup("form", [KeyError("name"), ValueError(CANARY)])


class TestAssertNeverLeaks:
    """
    A password in clear is never logged or shown.  [R19]
    """

    @pytest.mark.parametrize(
        "leak,place",
        [
            (log_message, "the log of 'shop.forms'"),
            (log_without_propagation, "the log of 'shop.quiet'"),
            (log_exception, "the message of ValueError"),
            (write_out, "standard output"),
            (write_error, "standard error"),
            (warn, "a UserWarning"),
            (raise_message, "the message of ValueError"),
            (raise_from, "the message of ValueError"),
            (raise_note, "a note of ValueError"),
            (raise_group, "the message of ValueError"),
        ],
    )
    def test_the_place_is_named(self, leak: Callable[[], None], place: str) -> None:
        """
        The failure says where it came out, without saying it again.
        """
        with (
            warnings.catch_warnings(record=True, action="always"),
            pytest.raises(AssertionError) as failure,
            assert_never_leaks(CANARY),
        ):
            leak()

        assert place in str(failure.value)
        assert CANARY not in str(failure.value)

    @pytest.mark.parametrize(
        "seen",
        [
            f"<input value='{CANARY}'>",
            CANARY.encode(),
            bytearray(CANARY.encode()),
            {"errors": [{"input": CANARY}]},
            {CANARY: 1},
            {CANARY},
            (1, [CANARY]),
            json.dumps(CANARY),
            "Kanari&euml;".replace("&euml;", "ë") + "-&lt;2026&gt;!",
            "q=Kanari%C3%AB-%3C2026%3E%21",
            "Kanarie\u0308-<2026>!",
            base64.b64encode(CANARY.encode()),
            base64.b64encode(b"user:" + CANARY.encode() + b"\n"),
            base64.b64encode(b"ada:" + CANARY.encode() + b"\n"),
            CANARY.encode().hex(),
            ValueError(CANARY),
        ],
        ids=lambda seen: type(seen).__name__,
    )
    def test_what_is_handed_over_is_searched(self, seen: object) -> None:
        """
        Bytes and containers too, and the usual encodings.
        """
        watch = Watch(CANARY)

        watch.look_at("the answer", seen)

        assert watch.found[0].startswith("the answer")

    def test_a_place_fails_the_block(self) -> None:
        """
        What was handed over counts like what was logged.
        """
        with (
            pytest.raises(AssertionError, match="in the answer"),
            assert_never_leaks(CANARY) as watch,
        ):
            watch.look_at("the answer", CANARY)

    def test_what_does_not_leak_passes(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Everything still arrives where it was going.
        """
        with assert_never_leaks(CANARY) as watch:
            sys.stdout.write("hello\n")
            logging.getLogger("shop").info("typed %r", Password(CANARY))
            watch.look_at("the password", Password(CANARY))

        assert "hello\n" == capsys.readouterr().out

    def test_a_warning_still_warns(self) -> None:
        """
        It is looked at, and shown.
        """
        with pytest.warns(UserWarning, match="weak"), assert_never_leaks(CANARY):
            warnings.warn("weak", UserWarning, stacklevel=1)

    def test_another_exception_passes_through(self) -> None:
        """
        A failure that has nothing to do with secrets stays the failure.
        """
        with (
            pytest.raises(LookupError, match="no such user"),
            assert_never_leaks(CANARY),
        ):
            raise LookupError("no such user")

    def test_logging_is_as_before(self) -> None:
        """
        Level and record factory are put back.
        """
        before = (logging.getLogger().level, logging.getLogRecordFactory())

        with assert_never_leaks(CANARY):
            pass

        assert before == (logging.getLogger().level, logging.getLogRecordFactory())

    def test_a_short_canary_is_refused(self) -> None:
        """
        It would be found everywhere.
        """
        with pytest.raises(ValueError, match="at least 8"):
            Watch("abc")
