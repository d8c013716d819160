"""
Verify and hash a right password in a process that gets no more memory.
"""

import resource
from collections.abc import Callable
from pathlib import Path

from winbooks_identity.adapters.argon2 import Argon2Hasher, Argon2Profile
from winbooks_identity.errors import HasherBusy
from winbooks_identity.passwords import Password


CLEAR = "Zomer-2026-in-Gent"


def report(work: Callable[[], object]) -> None:
    """
    Print the name of what *work* raises, and where it has the password in clear.
    """
    try:
        work()
    except HasherBusy as error:
        print(type(error).__name__)  # noqa: T201  The test reads it.
        found = error.__traceback__
        while found is not None:
            for name, value in found.tb_frame.f_locals.items():
                if CLEAR in repr(value) or repr(CLEAR.encode()) in repr(value):
                    where = found.tb_frame.f_code.co_name
                    print(f"{where}: {name}")  # noqa: T201  The test reads it.
            found = found.tb_next


def main() -> None:
    """
    Take the memory away once there is a hash.
    """
    hasher = Argon2Hasher(Argon2Profile(memory_kib=262_144, passes=1, lanes=1))
    stored = hasher.hash(Password(CLEAR))
    pages = Path("/proc/self/statm").read_text("ascii").split()
    used = int(pages[0]) * resource.getpagesize()
    limit = used + 100 * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    report(lambda: hasher.verify(stored, Password(CLEAR)))
    report(lambda: hasher.hash(Password(CLEAR)))


if __name__ == "__main__":
    main()
