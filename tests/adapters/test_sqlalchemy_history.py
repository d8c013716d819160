"""
The history is written as JSON, whatever people call themselves.
"""

import json
from typing import Final

import attrs
from sqlalchemy import Engine, text

from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage
from winbooks_identity.events import Change
from winbooks_identity.testing import samples


#: What JSON escapes, what it does not, and what a database or a line might stumble at.
TEXTS: Final = (
    *('"', "\\", "\\u0041", "a\nb\tc\r", "\x01\x7f", "</script>", "'; --", "null"),
    *("Ünal", "€", "\u2028", "\U0001f600", "", " ", None),
)


class TestChanges:
    """
    Field, before and after of each change stand in one column.
    """

    def test_written_as_json_does(self, engine: Engine) -> None:
        """
        The text is the one of `json.dumps`, and comes back as it was.
        """
        changes = tuple(
            Change("first_name", before, after) for before in TEXTS for after in TEXTS
        )
        event = attrs.evolve(samples.event(), changes=changes)
        storage = SqlAlchemyStorage(engine)

        storage.run(lambda unit: unit.history.add(event))

        assert [event] == storage.read(lambda unit: unit.history.of_user(event.user_id))
        with engine.connect() as connection:
            stored = connection.execute(text("SELECT changes FROM winbooks_event"))
            assert stored.scalar_one() == json.dumps(
                [attrs.astuple(each) for each in changes]
            )
