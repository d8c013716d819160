"""
A refusal over HTTP: the status, and every problem with its place.
"""

from datetime import timedelta

import pytest

from winbooks_identity.errors import (
    Invalid,
    InvalidFields,
    Refused,
    StorageBusy,
    Unavailable,
)
from winbooks_identity.forms.problem_details import invalid, pointer_to, problem_details
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.problems import Missing
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    NotAuthorised,
    OutOfDate,
    PasswordChangeRequired,
    SignInRefused,
    TooManyAttempts,
    UnknownDossiers,
    UnknownLicence,
    UnknownUser,
    UserNotFound,
)
from winbooks_identity.winbooks_id import WinBooksId


class TestStatus:
    """
    The status says whose turn it is.
    """

    @pytest.mark.parametrize(
        "error,status",
        [
            (Invalid((Missing(),)), 422),
            (InvalidFields({"level": (Missing(),)}), 422),
            (UnknownDossiers(("D-9",)), 422),
            (NotAuthorised((UserNotFound(),)), 403),
            (SignInRefused(), 401),
            (PasswordChangeRequired(), 403),
            (UnknownUser(), 404),
            (UnknownLicence(), 404),
            (DuplicateWinBooksId(WinBooksId("ada@example.org")), 409),
            (OutOfDate(1), 409),
            (TooManyAttempts(timedelta(minutes=1)), 429),
            (StorageBusy(), 503),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_of_each_refusal(
        self, error: Invalid | InvalidFields | Refused | Unavailable, status: int
    ) -> None:
        """
        Input is 422, a sign-in 401, rights 403, what is not there 404.
        """
        assert status == problem_details(error)["status"]


class TestBody:
    """
    The body has the form of RFC 9457.
    """

    def test_every_problem_has_its_place_code_facts_and_sentence(self) -> None:
        """
        The body is the whole story, in the reader's language.
        """
        error = InvalidFields({"password": (TooShort(minimum=12, missing=8),)})

        assert {
            "type": "about:blank",
            "title": "Er moet iets verbeterd worden.",
            "status": 422,
            "errors": [
                {
                    "pointer": "#/password",
                    "code": "password.too_short",
                    "params": {"minimum": 12, "missing": 8},
                    "detail": "Gebruik minstens 12 tekens: nog 8 erbij.",
                }
            ],
        } == problem_details(error, "nl")

    def test_what_belongs_to_no_field_points_at_the_whole(self) -> None:
        """
        The pointer is that of the document.
        """
        body = problem_details(UnknownUser())

        assert ["#"] == [error["pointer"] for error in body["errors"]]

    def test_what_is_out_of_order_says_so(self) -> None:
        """
        Nothing that was sent is wrong then.
        """
        body = problem_details(StorageBusy(), "fr")

        assert (StorageBusy().message("fr"), []) == (body["title"], body["errors"])

    def test_the_findings_of_a_framework(self) -> None:
        """
        They have the same body.
        """
        assert "Certaines données sont à corriger." == invalid([], "fr")["title"]


class TestPointer:
    """
    A pointer is JSON Pointer (RFC 6901) as a URI fragment.
    """

    @pytest.mark.parametrize(
        "path,pointer",
        [
            ((), "#"),
            (("roles", 0), "#/roles/0"),
            (("a/b", "c~d"), "#/a~1b/c~0d"),
            (("é %",), "#/%C3%A9%20%25"),
        ],
    )
    def test_of_each_path(self, path: tuple[str | int, ...], pointer: str) -> None:
        """
        What has a meaning of its own is escaped.
        """
        assert pointer == pointer_to(path)
