"""
Ctrl-C is heard at once while waiting, and never in the middle of something.
"""

import signal
import threading
from collections.abc import Iterator

import pytest

from winbooks_identity.cli.interruption import Interruption


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    """
    Let Ctrl-C interrupt, also where the tests run in the background.
    """
    before = {
        each: signal.signal(each, signal.default_int_handler)
        for each in (signal.SIGINT, signal.SIGTERM)
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class TestInterruption:
    """
    The first signal is noted, the second one interrupts.
    """

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_is_noted(self, number: signal.Signals) -> None:
        """
        What is under way goes on.
        """
        with Interruption() as interruption:
            signal.raise_signal(number)

            assert interruption.is_set()

    def test_a_second_signal_interrupts(self) -> None:
        """
        Someone who is in a hurry need not wait.
        """
        with Interruption():
            signal.raise_signal(signal.SIGINT)

            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)

    def test_nothing_is_waited_for_after_a_signal(self) -> None:
        """
        Without a time-out it would wait for ever.
        """
        with Interruption() as interruption:
            signal.raise_signal(signal.SIGINT)

            assert interruption.wait()

    def test_a_signal_ends_the_wait(self) -> None:
        """
        Long before its time.
        """
        main = threading.main_thread().ident
        assert main is not None
        knock = threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT))

        with Interruption() as interruption:
            knock.start()

            assert interruption.wait(60)

    def test_without_a_signal_the_wait_ends_by_itself(self) -> None:
        """
        And no one wants it to end.
        """
        with Interruption() as interruption:
            assert not interruption.wait(0)

    def test_afterwards_signals_do_what_they_did(self) -> None:
        """
        The handlers are put back.
        """
        with Interruption():
            pass

        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
