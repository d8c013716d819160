"""
Values look the same in JSON, a table, a plan file and the history.
"""

import json
from datetime import UTC, datetime

import attrs
import pytest

from people import ADA
from people import PASSWORD as SECRET
from winbooks_identity.language import Language
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.plain import plain, plain_fields
from winbooks_identity.role import Role


class TestPlain:
    """
    Each kind of value has one form.
    """

    @pytest.mark.parametrize(
        "value,expected",
        [
            (None, None),
            (True, True),
            (7, 7),
            ("text", "text"),
            (Language.DUTCH, "nl"),
            (PhoneNumber("+3225550123"), "+3225550123"),
            (ADA.winbooks_id, "ada@example.org"),
            (datetime(2026, 5, 1, 9, 30, tzinfo=UTC), "2026-05-01T09:30:00+00:00"),
            (frozenset({"2", "1"}), ["1", "2"]),
            (
                frozenset({Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT}),
                ["Connect.Accountant", "View.Admin"],
            ),
            ((Language.DUTCH, None), ["nl", None]),
        ],
    )
    def test_form(self, value: object, expected: object) -> None:
        """
        The form is what JSON has, and fits into a document.
        """
        assert expected == plain(value)
        assert json.dumps(plain(value))

    def test_a_password_is_masked(self) -> None:
        """
        No secret gets into a document by accident.
        """
        assert SECRET.reveal() not in str(plain(SECRET))


class TestPlainFields:
    """
    The fields of a value are there in their order.
    """

    def test_every_field_of_a_user(self) -> None:
        """
        A new field needs no second place.
        """
        names = [field.name for field in attrs.fields(type(ADA))]

        assert names == list(plain_fields(ADA))
        assert names[1:] == list(plain_fields(ADA, without=["id"]))
