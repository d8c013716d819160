"""
How does a password become something that can be stored?

By Argon2id, in threads of its own: a hash takes tens of milliseconds and tens
of mebibytes on purpose, so only a few are made at a time, and who would have to
wait too long gets an answer at once.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Final, TypeVar, final

import attrs
from argon2 import PasswordHasher
from argon2.exceptions import HashingError, VerificationError
from argon2.low_level import error_to_str

from winbooks_identity.attempts import Standing
from winbooks_identity.errors import HasherBusy
from winbooks_identity.passwords import Password
from winbooks_identity.refusals import WrongPassword


__all__ = [
    "CHEAPEST",
    "OWASP_19_MIB",
    "OWASP_46_MIB",
    "RFC_9106_LOW_MEMORY",
    "Argon2Hasher",
    "Argon2Profile",
]

T = TypeVar("T")


@final
@attrs.frozen(kw_only=True)
class Argon2Profile:
    """
    What one hash costs: memory in KiB, passes over it, lanes side by side.
    """

    memory_kib: int
    passes: int
    lanes: int


#: OWASP Password Storage Cheat Sheet, the row with the most memory: the default.
OWASP_46_MIB: Final = Argon2Profile(memory_kib=47_104, passes=1, lanes=1)

#: OWASP Password Storage Cheat Sheet, for small containers: less memory, and less
#: than half the time.
OWASP_19_MIB: Final = Argon2Profile(memory_kib=19_456, passes=2, lanes=1)

#: RFC 9106, section 4, second recommended option.
RFC_9106_LOW_MEMORY: Final = Argon2Profile(memory_kib=65_536, passes=3, lanes=4)

#: The least that Argon2 accepts.  For tests: it protects nothing.
CHEAPEST: Final = Argon2Profile(memory_kib=8, passes=1, lanes=1)

#: What a stored hash may ask of us: four times the memory of the dearest profile
#: above.  More was planted to exhaust the machine.
MAX_MEMORY_KIB: Final = 262_144
MAX_PASSES: Final = 16
MAX_LANES: Final = 16

#: How many quarters of the places each standing may fill: guesses leave room for
#: everyone else, and strangers for those who signed in from where they are.
_QUARTERS: Final[Mapping[Standing, int]] = {
    Standing.KNOWN: 4,
    Standing.NEW: 3,
    Standing.SUSPECT: 1,
}

#: How many may wait for a worker; at 46 MiB and two workers the last one waits
#: about two seconds.
MAX_WAITING: Final = 64

#: Bytes; RFC 9106, section 4.
_SALT_LENGTH: Final = 16
_TAG_LENGTH: Final = 32

_PEPPER_ID: Final = re.compile(r"[a-z0-9-]{1,32}")

#: The id of the pepper, if any, and the PHC string.
_STORED: Final = re.compile(
    rf"((?:{_PEPPER_ID.pattern})?)"
    r"(\$argon2id\$v=19\$m=([0-9]{1,6}),t=([0-9]{1,2}),p=([0-9]{1,2})"
    r"\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,86})"
)


#: What Argon2 says when it gets no memory, or no thread, from the machine: its
#: errors -22 and -33.
_EXHAUSTED: Final = frozenset(map(error_to_str, (-22, -33)))


@final
class Argon2Hasher:
    """
    A `PasswordHasher` that makes Argon2id hashes (RFC 9106).

    Args:
        profile: what a hash costs.
        pepper: keys outside the database by id, as `key_ring.load` returns them;
            without one of them a stolen hash cannot be guessed at.  The first is
            used for new hashes.  A hash that names none is refused, or anyone who
            writes to the database could plant one and do without.  [S9]
        admits_unpeppered: let hashes without a pepper in beside *pepper*, for a
            product that had none when they were made.
        earlier: the profiles of hashes that may still be stored, after a change of
            *profile*.  A wrong password then costs one hash of each profile,
            whatever is stored, so the time does not tell who has an old hash.  [S25]
        workers: how many hashes are made at a time; one for each processor by
            default, more would only use more memory.
        max_waiting: how many may wait for a worker.  Guesses fill a quarter of the
            places, of workers and waiting together, and strangers three.  [S24]

    Raises:
        ValueError: the id of a pepper is not made of at most 32 lower case
            letters, digits and hyphens.
    """

    def __init__(
        self,
        profile: Argon2Profile = OWASP_46_MIB,
        *,
        pepper: Mapping[str, bytes] | None = None,
        admits_unpeppered: bool = False,
        earlier: Sequence[Argon2Profile] = (),
        workers: int | None = None,
        max_waiting: int = MAX_WAITING,
    ) -> None:
        self._profile = profile
        self._pepper = dict(pepper or {})
        self._pepper_id = next(iter(self._pepper), "")
        self._admits_unpeppered = admits_unpeppered or not self._pepper
        if not all(map(_PEPPER_ID.fullmatch, self._pepper)):
            raise ValueError("the id of a pepper has other characters than allowed")
        self._workers = workers or os.cpu_count() or 1
        self._max_waiting = max_waiting
        self._pools: dict[int, _Pool] = {}
        self._argon2 = PasswordHasher(
            time_cost=profile.passes,
            memory_cost=profile.memory_kib,
            parallelism=profile.lanes,
            hash_len=_TAG_LENGTH,
            salt_len=_SALT_LENGTH,
        )
        #: The hash of no password.  Verify against it where a user is unknown, so
        #: that they cost as much as a known one.
        self._dummies = {each: _made_up(each) for each in (profile, *earlier)}
        self.dummy_hash: Final = self._pepper_id + self._dummies[profile]

    def hash(self, password: Password) -> str:
        """
        Return a salted hash of *password*, with the parameters it was made with.

        Raises:
            HasherBusy: too many passwords are waiting, or there is no memory.
        """
        made = self._pool.run(lambda: self._hashed(password), Standing.KNOWN)
        if made is None:
            raise HasherBusy
        return self._pepper_id + made

    def verify(
        self,
        password_hash: str,
        password: Password,
        *,
        standing: Standing = Standing.NEW,
    ) -> None:
        """
        Raise unless *password_hash* was made of *password*.

        Raises:
            WrongPassword: it was not; or it is no hash that could be, because
                it is damaged, asks for too much, or lacks its pepper.
            HasherBusy: too many passwords are waiting, or there is no memory: the
                password may well be right.  [S7]
        """
        found = _STORED.fullmatch(password_hash)
        usable = found if found is not None and self._is_affordable(found) else None
        matches = self._pool.run(lambda: self._compared(usable, password), standing)
        if matches is None:
            raise HasherBusy
        if not matches:
            raise WrongPassword

    def needs_rehash(self, password_hash: str) -> bool:
        """
        Tell whether `hash` would cost something else today, or use another pepper.

        Ask after each successful `verify`, and store a new hash if so.
        """
        found = _STORED.fullmatch(password_hash)
        return (
            found is None
            or found[1] != self._pepper_id
            or self._argon2.check_needs_rehash(found[2])
        )

    def _is_affordable(self, found: re.Match[str]) -> bool:
        return (
            (found[1] in self._pepper if found[1] else self._admits_unpeppered)
            and int(found[3]) <= MAX_MEMORY_KIB
            and int(found[4]) <= MAX_PASSES
            and int(found[5]) <= MAX_LANES
        )

    # The frames of the next two hold the password in clear, so nothing is raised
    # through them: tracebacks with local variables go to logs and mails.

    def _hashed(self, password: Password) -> str | None:
        """
        Return the hash of *password*; `None` without memory for it.
        """
        try:
            return self._argon2.hash(self._peppered(password, self._pepper_id))
        except (HashingError, MemoryError):
            return None

    def _compared(self, found: re.Match[str] | None, password: Password) -> bool | None:
        """
        Tell whether *found* was made of *password*, at one cost where it was not.
        """
        spent = None
        if found is not None:
            matches = self._matches(found[2], password, found[1])
            if matches is not False:
                return matches
            spent = _profile_of(found)
        rest = [dummy for cost, dummy in self._dummies.items() if cost != spent]
        is_complete = [self._matches(each, password, self._pepper_id) for each in rest]
        return None if None in is_complete else False

    def _matches(self, encoded: str, password: Password, pepper_id: str) -> bool | None:
        """
        Tell whether *encoded* was made of *password*; `None` without memory for it.
        """
        try:
            return self._argon2.verify(encoded, self._peppered(password, pepper_id))
        except (VerificationError, MemoryError) as error:
            return None if _is_exhausted(error) else False

    def _peppered(self, password: Password, pepper_id: str) -> bytes:
        raw = password.reveal().encode()
        if not pepper_id:
            return raw
        return hmac.digest(self._pepper[pepper_id], raw, hashlib.sha256)

    @property
    def _pool(self) -> "_Pool":
        # A child process has none of its parent's threads: it gets its own pool.
        process = os.getpid()
        return self._pools.get(process) or self._pools.setdefault(
            process, _Pool(self._workers, self._max_waiting)
        )


def _made_up(cost: Argon2Profile) -> str:
    """
    Return the encoded hash of no password that costs as much as *cost* says.
    """
    salt, tag = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (_SALT_LENGTH, _TAG_LENGTH)
    )
    return (
        f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={cost.lanes}"
        f"${salt}${tag}"
    )


def _profile_of(found: re.Match[str]) -> Argon2Profile:
    memory, passes, lanes = map(int, found.group(3, 4, 5))
    return Argon2Profile(memory_kib=memory, passes=passes, lanes=lanes)


def _is_exhausted(error: Exception) -> bool:
    """
    Tell whether *error* is about the machine, not about the password.
    """
    return isinstance(error, MemoryError) or str(error) in _EXHAUSTED


@final
class _Pool:
    """
    A few threads and a queue that is never longer than agreed.
    """

    def __init__(self, workers: int, max_waiting: int) -> None:
        self._places = workers + max_waiting
        self._taken = 0
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="argon2")

    def run(self, work: Callable[[], T], standing: Standing) -> T:
        """
        Return the result of *work*, done in one of the threads.

        Raises:
            HasherBusy: the places for *standing* are taken.
        """
        with self._place(standing):
            return self._threads.submit(work).result()

    @contextmanager
    def _place(self, standing: Standing) -> Generator[None]:
        with self._lock:
            if self._taken >= -(-self._places * _QUARTERS[standing] // 4):
                raise HasherBusy
            self._taken += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken -= 1
