"""
How is a password held, so that it does not leak by accident?
"""

import copy
import json
import pickle
from collections.abc import Callable

import attrs
import pytest

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import Password
from winbooks_identity.passwords.problems import ControlCharacter


SECRET = "Zomer-in-Gent-42"


@attrs.frozen
class Holder:
    """
    A value that has a password.
    """

    password: Password


class TestReveal:
    """
    Only `reveal` gives the password out.  [R19]
    """

    def test_gives_the_text(self) -> None:
        """
        What was typed comes back.
        """
        assert SECRET == Password(SECRET).reveal()

    def test_gives_the_canonical_form(self) -> None:
        """
        Two ways of typing a password are one password.
        """
        assert "\u00e9 " == Password("e\u0301\u00a0").reveal()

    def test_refuses_what_no_policy_accepts(self) -> None:
        """
        A text that no password can have is no password.
        """
        with pytest.raises(Invalid) as caught:
            Password("a\nb")

        assert (ControlCharacter(),) == caught.value.problems


class TestLeaks:
    """
    A password does not leak by accident.  [R19]
    """

    @pytest.mark.parametrize(
        "shown",
        [
            repr,
            str,
            "{}".format,
            "{:>40}".format,
            "{!r}".format,
            "%s".__mod__,
            lambda password: repr(Holder(password)),
            lambda password: repr(attrs.asdict(Holder(password))),
            lambda password: repr([password]),
        ],
    )
    def test_is_masked(self, shown: Callable[[Password], str]) -> None:
        """
        However it is printed, it is masked.
        """
        assert SECRET not in shown(Password(SECRET))

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_is_not_pickled(self, protocol: int) -> None:
        """
        It reaches no cache and no task queue.
        """
        with pytest.raises(TypeError):
            pickle.dumps(Password(SECRET), protocol)

    def test_gives_no_state(self) -> None:
        """
        It hands its state to no one who asks for it.
        """
        with pytest.raises(TypeError):
            Password(SECRET).__getstate__()

    def test_is_not_json(self) -> None:
        """
        It reaches no answer to a request.
        """
        with pytest.raises(TypeError):
            json.dumps(Password(SECRET))

    def test_has_no_dictionary(self) -> None:
        """
        ``vars`` finds nothing.
        """
        with pytest.raises(TypeError):
            vars(Password(SECRET))


class TestIdentity:
    """
    A password equals nothing but itself.
    """

    def test_equals_itself(self) -> None:
        """
        It is what it is.
        """
        password = Password(SECRET)

        assert password == password  # noqa: PLR0124

    def test_equals_no_other(self) -> None:
        """
        The same text twice is two passwords: verifying is the hash's job.
        """
        assert Password(SECRET) != Password(SECRET)

    @pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
    def test_is_its_own_copy(self, copied: Callable[[Password], Password]) -> None:
        """
        Frameworks that copy defaults get the same secret, not a second one.
        """
        password = Password(SECRET)

        assert password is copied(password)
