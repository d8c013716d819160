"""
Which statements does a database hear?
"""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Engine, event


__all__ = ["heard"]


@contextmanager
def heard() -> Generator[list[str]]:
    """
    Return the statements that any engine runs inside the block.
    """
    statements: list[str] = []

    def note(_connection: object, _cursor: object, said: str, *_: object) -> None:
        statements.append(said)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
