"""
Where are the tokens of identity providers, and is what SCIM needs installed?
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, final

from cyclopts import Parameter

from ...errors import Unavailable
from ..opening import is_server
from ..options import Database
from ..usage import WrongUsage


if TYPE_CHECKING:
    from ...adapters.scim import TokenFile


__all__ = ["ScimMissing", "TokenPlace", "needing_scim", "token_file"]

#: The packages of the extra.
_PACKAGES: Final = frozenset({"scim2_models", "scim2_server", "waitress"})

TokenPlace = Annotated[
    Path | None,
    Parameter(
        name="--tokens",
        env_var="WINBOOKS_IDENTITY_SCIM_TOKENS",
        show_env_var=False,
        help="cli.option.scim_tokens",
    ),
]
"""
The file that the tokens are in.
"""


@final
class ScimMissing(Unavailable):
    """
    The extra ``[scim]`` is not installed.
    """

    code: ClassVar[str] = "unavailable.no_scim"


@contextmanager
def needing_scim() -> Generator[None, None, None]:
    """
    Raise it as unavailable if a package of the extra ``[scim]`` is missing.

    Raises:
        ScimMissing: one is.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _PACKAGES:
            raise
        raise ScimMissing from error


def token_file(database: Database, tokens: Path | None) -> "TokenFile":
    """
    Return the file of tokens: *tokens*, or the one beside *database*.

    Raises:
        ScimMissing: the extra is not installed.
        WrongUsage: *database* is an address, and has no place beside it.
    """
    with needing_scim():
        from ...adapters.scim import TokenFile

    if tokens is not None:
        return TokenFile(tokens)
    if is_server(database):
        raise WrongUsage("cli.usage.no_token_file")
    file = Path(database)
    return TokenFile(file.with_name(f"{file.name}.scim"))
