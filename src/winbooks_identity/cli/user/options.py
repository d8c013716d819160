"""
Which options do the steps of a user's life share?
"""

from pathlib import Path
from typing import Annotated, final

import attrs
from cyclopts import Parameter

from ..options import ActingAs, Database, DryRun, KeyFile, Operator


__all__ = ["Run", "Users", "Whom"]

Whom = Annotated[list[str] | None, Parameter(help="cli.option.users")]
"""
The WinBooks IDs of the users who are meant.
"""


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Users:
    """
    Where the users are, who else is meant, and in whose name they are looked at.
    """

    database: Database
    key_file: KeyFile = None
    source: Annotated[
        Path | None,
        # A dash, which stands for standard input, looks like an option.
        Parameter(name="--from", allow_leading_hyphen=True, help="cli.option.from"),
    ] = None
    acting_as: ActingAs = None
    operator: Operator = None


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Run:
    """
    How a step is taken: for real, or only on paper.
    """

    dry_run: DryRun = False
