"""
Which command was typed, and is what it needs installed?
"""

import os
import sys

from .texts import text


__all__ = ["main"]

#: EX_UNAVAILABLE of sysexits.h.
_UNAVAILABLE = 69


def main() -> None:
    """
    Run the command line and leave with its exit code.
    """
    try:
        from .cli.application import run
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith("winbooks_identity"):
            raise
        locale = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
        sys.stderr.write(text("cli.not_installed", locale) + "\n")
        sys.exit(_UNAVAILABLE)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
