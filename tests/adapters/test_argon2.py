"""
How does a password become something that can be stored?
"""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import argon2
import pytest

from winbooks_identity.adapters.argon2 import (
    CHEAPEST,
    OWASP_19_MIB,
    OWASP_46_MIB,
    RFC_9106_LOW_MEMORY,
    Argon2Hasher,
    Argon2Profile,
)
from winbooks_identity.attempts import Standing
from winbooks_identity.errors import HasherBusy
from winbooks_identity.passwords import Password
from winbooks_identity.ports import PasswordHasher
from winbooks_identity.refusals import WrongPassword
from winbooks_identity.testing.contracts import PasswordHasherContract


PEPPER_1 = {"p1": b"1" * 32}
PEPPER_2 = {"p2": b"2" * 32}


def password() -> Password:
    """
    Return the password of these tests.
    """
    return Password("Zomer-2026-in-Gent")


class TestContract(PasswordHasherContract):
    """
    The hasher keeps every promise of its port.
    """

    @pytest.fixture(params=[None, PEPPER_1], ids=["plain", "peppered"])
    def hasher(self, request: pytest.FixtureRequest) -> PasswordHasher:
        """
        Return one that costs next to nothing.
        """
        return Argon2Hasher(CHEAPEST, pepper=request.param)


class TestProfiles:
    """
    What a hash costs has a name and a source.
    """

    @pytest.mark.parametrize(
        "profile,parameters",
        [
            (OWASP_46_MIB, "m=47104,t=1,p=1"),
            (OWASP_19_MIB, "m=19456,t=2,p=1"),
            (RFC_9106_LOW_MEMORY, "m=65536,t=3,p=4"),
            (CHEAPEST, "m=8,t=1,p=1"),
        ],
        ids=["46 MiB", "19 MiB", "RFC 9106", "cheapest"],
    )
    def test_stands_in_the_hash(self, profile: Argon2Profile, parameters: str) -> None:
        """
        The hash says how it was made, and can be verified.
        """
        hasher = Argon2Hasher(profile)

        stored = hasher.hash(password())

        assert stored.startswith(f"$argon2id$v=19${parameters}$")
        hasher.verify(stored, password())

    def test_the_default(self) -> None:
        """
        OWASP's row with 46 MiB, unless another is chosen.
        """
        assert Argon2Hasher().hash(password()).startswith("$argon2id$v=19$m=47104,")

    def test_is_what_others_read(self) -> None:
        """
        Any implementation of Argon2id verifies it, canonical text as UTF-8.
        """
        stored = Argon2Hasher(CHEAPEST).hash(Password("Été-2026-à-Liège"))

        assert argon2.PasswordHasher().verify(stored, "Été-2026-à-Liège")

    def test_salt_and_tag(self) -> None:
        """
        They have 16 and 32 bytes (RFC 9106, section 4).
        """
        parameters = argon2.extract_parameters(Argon2Hasher(CHEAPEST).hash(password()))

        assert (16, 32) == (parameters.salt_len, parameters.hash_len)


class TestStoredHashes:
    """
    A stored hash is not trusted: it may have been planted or damaged.
    """

    @pytest.mark.parametrize(
        "parameters",
        ["m=262145,t=1,p=1", "m=999999,t=1,p=1", "m=64,t=17,p=1", "m=256,t=1,p=17"],
    )
    def test_asks_for_too_much(self, parameters: str) -> None:
        """
        Nothing is computed with more than 256 MiB, 16 passes or 16 lanes.
        """
        planted = f"$argon2id$v=19${parameters}${'c2FsdHNhbHQ'}${'A' * 43}"

        with pytest.raises(WrongPassword):
            Argon2Hasher(CHEAPEST, workers=1).verify(planted, password())

    @pytest.mark.parametrize("memory,passes,lanes", [(262_144, 1, 1), (128, 16, 16)])
    def test_asks_for_the_most(self, memory: int, passes: int, lanes: int) -> None:
        """
        The limits themselves are still verified.
        """
        profile = Argon2Profile(memory_kib=memory, passes=passes, lanes=lanes)
        stored = Argon2Hasher(profile).hash(password())

        Argon2Hasher(CHEAPEST).verify(stored, password())

    def test_is_another_function(self) -> None:
        """
        Argon2i is not what this hasher makes.
        """
        stored = argon2.PasswordHasher(
            memory_cost=8, time_cost=1, parallelism=1, type=argon2.Type.I
        ).hash("Zomer-2026-in-Gent")

        with pytest.raises(WrongPassword):
            Argon2Hasher(CHEAPEST).verify(stored, password())

    def test_cannot_be_computed(self) -> None:
        """
        Parameters that contradict each other were never hashed with.
        """
        planted = f"$argon2id$v=19$m=1,t=1,p=1${'c2FsdHNhbHQ'}${'A' * 43}"

        with pytest.raises(WrongPassword):
            Argon2Hasher(CHEAPEST).verify(planted, password())


class TestWithoutMemory:
    """
    A machine without memory says nothing about a password.
    """

    def test_the_right_password(self) -> None:
        """
        It is not called wrong, no hash is made, and no frame has it in clear.  [S7]
        """
        script = Path(__file__).with_name("argon2_without_memory.py")

        done = subprocess.run(  # noqa: S603  Our own script.
            [sys.executable, script], capture_output=True, text=True, check=False
        )

        assert ("HasherBusy\nHasherBusy\n", "") == (done.stdout, done.stderr)


class TestNeedsRehash:
    """
    After a successful sign-in, a hash that is out of date is made anew.
    """

    def test_of_today(self) -> None:
        """
        What was made with the same parameters stays.
        """
        hasher = Argon2Hasher(CHEAPEST, pepper=PEPPER_1)

        assert not hasher.needs_rehash(hasher.hash(password()))

    def test_of_other_parameters(self) -> None:
        """
        Cheaper or dearer, it is made anew.
        """
        stored = Argon2Hasher(CHEAPEST).hash(password())

        assert Argon2Hasher(OWASP_19_MIB).needs_rehash(stored)

    def test_of_another_pepper(self) -> None:
        """
        A hash with an old pepper, or none, is made anew.
        """
        hasher = Argon2Hasher(CHEAPEST, pepper=PEPPER_2 | PEPPER_1)
        old = Argon2Hasher(CHEAPEST, pepper=PEPPER_1).hash(password())
        without = Argon2Hasher(CHEAPEST).hash(password())

        assert [True, True] == [hasher.needs_rehash(old), hasher.needs_rehash(without)]

    def test_of_something_else(self) -> None:
        """
        What is no hash of this hasher has to be replaced.
        """
        assert Argon2Hasher(CHEAPEST).needs_rehash("$2b$12$" + "a" * 53)


class TestPepper:
    """
    A pepper keeps a stolen database from being guessed at.
    """

    def test_its_id_stands_before_the_hash(self) -> None:
        """
        The id, never the key.
        """
        stored = Argon2Hasher(CHEAPEST, pepper=PEPPER_1).hash(password())

        assert stored.startswith("p1$argon2id$")

    def test_counts(self) -> None:
        """
        Without the id the hash is that of another password.
        """
        hasher = Argon2Hasher(CHEAPEST, pepper=PEPPER_1)
        stored = hasher.hash(password())

        with pytest.raises(WrongPassword):
            hasher.verify(stored.removeprefix("p1"), password())

    def test_an_old_one_still_verifies(self) -> None:
        """
        A new pepper locks no one out, and neither does the first one where asked.
        """
        hasher = Argon2Hasher(
            CHEAPEST, pepper=PEPPER_2 | PEPPER_1, admits_unpeppered=True
        )

        hasher.verify(
            Argon2Hasher(CHEAPEST, pepper=PEPPER_1).hash(password()), password()
        )
        hasher.verify(Argon2Hasher(CHEAPEST).hash(password()), password())

    def test_a_planted_hash_without_one(self) -> None:
        """
        Who can write to the database cannot do without the pepper.  [S9]
        """
        planted = Argon2Hasher(CHEAPEST).hash(password())

        with pytest.raises(WrongPassword):
            Argon2Hasher(CHEAPEST, pepper=PEPPER_1).verify(planted, password())

    def test_is_gone(self) -> None:
        """
        Without its pepper a hash has no password.
        """
        stored = Argon2Hasher(CHEAPEST, pepper=PEPPER_1).hash(password())

        with pytest.raises(WrongPassword):
            Argon2Hasher(CHEAPEST, pepper=PEPPER_2).verify(stored, password())

    @pytest.mark.parametrize("pepper_id", ["", "P1", "p 1", "$", "p" * 33])
    def test_an_id_that_would_not_be_found_again(self, pepper_id: str) -> None:
        """
        It is refused before anything is hashed with it.
        """
        with pytest.raises(ValueError, match="id of a pepper"):
            Argon2Hasher(CHEAPEST, pepper={pepper_id: b"1" * 32})


class TestDummyHash:
    """
    An unknown user costs the same as a known one.
    """

    def test_has_no_password(self) -> None:
        """
        Whoever tries is wrong.
        """
        hasher = Argon2Hasher(CHEAPEST)

        with pytest.raises(WrongPassword):
            hasher.verify(hasher.dummy_hash, password())

    @pytest.mark.parametrize("pepper", [None, PEPPER_1], ids=["plain", "peppered"])
    def test_is_shaped_like_a_real_one(self, pepper: dict[str, bytes] | None) -> None:
        """
        Same parameters, same pepper, same lengths.
        """
        hasher = Argon2Hasher(OWASP_19_MIB, pepper=pepper)

        assert not hasher.needs_rehash(hasher.dummy_hash)
        assert len(hasher.hash(password())) == len(hasher.dummy_hash)


class Noting:
    """
    The library that hashes, which notes the parameters of what it is asked about.
    """

    def __init__(self, inner: argon2.PasswordHasher) -> None:
        self._inner = inner
        self.verified: list[str] = []

    def verify(self, encoded: str, raw: bytes) -> bool:
        """
        Note the parameters of *encoded*, and verify.
        """
        self.verified.append(encoded.split("$")[3])
        return self._inner.verify(encoded, raw)


class TestOneCost:
    """
    A wrong password costs the same, whichever profile made the stored hash.  [S25]
    """

    @pytest.fixture
    def hasher(self) -> Argon2Hasher:
        """
        Return a hasher whose profile was changed.
        """
        return Argon2Hasher(
            Argon2Profile(memory_kib=16, passes=1, lanes=1),
            earlier=[CHEAPEST, Argon2Profile(memory_kib=8, passes=2, lanes=1)],
        )

    @pytest.mark.parametrize("kind", ["unknown", "today", "earlier", "damaged"])
    def test_wrong(
        self,
        hasher: Argon2Hasher,
        kind: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        One hash of each profile is made.
        """
        stored = {
            "unknown": hasher.dummy_hash,
            "today": hasher.hash(password()),
            "earlier": Argon2Hasher(CHEAPEST).hash(password()),
            "damaged": "damaged",
        }[kind]
        noting = Noting(hasher._argon2)
        monkeypatch.setattr(hasher, "_argon2", noting)

        with pytest.raises(WrongPassword):
            hasher.verify(stored, Password("Winter-2026"))

        expected = ["m=16,t=1,p=1", "m=8,t=1,p=1", "m=8,t=2,p=1"]
        assert expected == sorted(noting.verified)

    def test_right(self, hasher: Argon2Hasher, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Who gets in waits for one alone.
        """
        stored = Argon2Hasher(CHEAPEST).hash(password())
        noting = Noting(hasher._argon2)
        monkeypatch.setattr(hasher, "_argon2", noting)

        hasher.verify(stored, password())

        assert ["m=8,t=1,p=1"] == noting.verified

    def test_without_memory_for_the_rest(
        self, hasher: Argon2Hasher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The machine is busy, as it would be for the stored hash.  [S7]
        """

        class Exhausted(Noting):
            def verify(self, encoded: str, raw: bytes) -> bool:
                if "t=2" in encoded:
                    raise MemoryError
                return super().verify(encoded, raw)

        stored = hasher.hash(password())
        monkeypatch.setattr(hasher, "_argon2", Exhausted(hasher._argon2))

        with pytest.raises(HasherBusy):
            hasher.verify(stored, Password("Winter-2026"))


class TestPlaces:
    """
    Guesses leave room for everyone else.  [S24]
    """

    @pytest.mark.parametrize(
        "places,expected",
        [(1, (1, 1, 1)), (2, (1, 2, 2)), (8, (2, 6, 8)), (66, (17, 50, 66))],
    )
    def test_shares(self, places: int, expected: tuple[int, int, int]) -> None:
        """
        A quarter is for guesses, three for strangers, all for known people.
        """
        hasher = Argon2Hasher(CHEAPEST, workers=1, max_waiting=places - 1)
        opened = threading.Event()
        order = (Standing.SUSPECT, Standing.NEW, Standing.KNOWN)
        with ThreadPoolExecutor(places + 1) as threads:
            taken = [_fill(hasher, threads, opened, standing) for standing in order]
            opened.set()

        assert expected == tuple(taken)


def _fill(
    hasher: Argon2Hasher,
    threads: ThreadPoolExecutor,
    opened: threading.Event,
    standing: Standing,
) -> int:
    """
    Take places until none is left for *standing*; return how many are taken.
    """
    pool = hasher._pool
    while True:
        before = pool._taken
        began = threads.submit(pool.run, lambda: opened.wait(30), standing)
        while pool._taken == before and not began.done():
            wait([began], timeout=0.01)
        if began.done():
            assert isinstance(began.exception(), HasherBusy)
            return before


@pytest.mark.slow
class TestBusy:
    """
    Few hashes are made at a time, and the queue has an end.
    """

    def test_beyond_the_queue(self) -> None:
        """
        With one worker and one place to wait, the third of three is sent away.
        """
        hasher = Argon2Hasher(
            Argon2Profile(memory_kib=65_536, passes=16, lanes=1),
            workers=1,
            max_waiting=1,
        )
        barrier = threading.Barrier(3)

        answers = together(3, lambda: (barrier.wait(), hasher.hash(password())))

        assert [HasherBusy] == [type(answer) for answer in answers if answer]

    def test_within_the_queue(self) -> None:
        """
        Everybody who finds a place is served.
        """
        hasher = Argon2Hasher(CHEAPEST, workers=1, max_waiting=7)

        assert [None] * 8 == together(8, lambda: hasher.hash(password()))

    def test_a_place_is_free_again(self) -> None:
        """
        However many came before, also those that were wrong.
        """
        hasher = Argon2Hasher(CHEAPEST, workers=1, max_waiting=0)

        for _ in range(5):
            with pytest.raises(WrongPassword):
                hasher.verify(hasher.dummy_hash, password())

    def test_after_a_fork(self) -> None:
        """
        A child process has threads of its own, so it neither hangs nor shares.
        """
        script = (
            "import os\n"
            "from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher\n"
            "from winbooks_identity.passwords import Password\n"
            "hasher = Argon2Hasher(CHEAPEST)\n"
            "stored = hasher.hash(Password('Zomer-2026'))\n"
            "child = os.fork()\n"
            "hasher.verify(stored, Password('Zomer-2026'))\n"
            "if child:\n"
            "    assert os.waitpid(child, 0)[1] == 0\n"
        )

        done = subprocess.run(  # noqa: S603, our own script
            [sys.executable, "-W", "ignore", "-c", script], check=False, timeout=30
        )

        assert 0 == done.returncode


def together(number: int, call: Callable[[], object]) -> list[BaseException | None]:
    """
    Make *number* calls at once and return what each raised.
    """
    with ThreadPoolExecutor(number) as threads:
        calls = [threads.submit(call) for _ in range(number)]
    return [made.exception() for made in calls]
