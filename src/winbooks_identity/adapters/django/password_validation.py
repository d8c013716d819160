"""
How do Django's own accounts keep to a password policy?
"""

from collections.abc import Iterable, Iterator
from typing import Any, final

import attrs
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.module_loading import import_string

from ...errors import Invalid
from ...passwords import PasswordJudge, PasswordPolicy
from ...passwords.named import NAMED
from .messages import active_language, own_words, validation_errors


__all__ = ["PolicyValidator"]


@final
class PolicyValidator:
    """
    An entry for ``AUTH_PASSWORD_VALIDATORS``.

    A policy that asks for it compares the password with the user: first name,
    last name, e-mail address, user name, and the attributes that the options
    name.  Django hands over the user, also the half made one of its creation
    form.

    Args:
        policy: the name of a policy, such as ``recommended``; the Portal's by
            default.
        breached: the dotted path of the leaked passwords; without it, the
            look-up counts as failed.
        estimator: the dotted path of what scores the strength; zxcvbn by default.
        user_attributes: more attributes of the user that no password may rely on.
        rules: single rules, in the place of those of the policy.

    Raises:
        ImproperlyConfigured: there is no policy of that name, or no password
            follows these rules.
        ImportError: nothing has that dotted path.
    """

    def __init__(
        self,
        policy: str = "portal",
        breached: str | None = None,
        estimator: str | None = None,
        user_attributes: Iterable[str] = (),
        **rules: Any,
    ) -> None:
        self._judge = PasswordJudge(
            policy=_policy(policy, rules),
            breached=import_string(breached) if breached else None,
            estimator=import_string(estimator) if estimator else None,
        )
        self._attributes = tuple(user_attributes)

    def validate(self, password: str, user: object = None) -> None:
        """
        Raise unless *password* keeps to the policy, for *user*.

        Raises:
            ValidationError: with every problem.
            ImproperlyConfigured: *user* lacks an attribute that the options name.
        """
        known = () if user is None else self._texts_about(user)
        if problems := self._judge.check(password, personal=known):
            raise ValidationError(validation_errors(problems))

    def get_help_text(self) -> str:
        """
        Return what the policy asks, in the active language.
        """
        policy = self._judge.policy
        return " ".join(policy.help(active_language(), translator=own_words()))

    def _texts_about(self, user: object) -> Iterator[str]:
        yield str(getattr(user, "get_username", lambda: "")())
        email = getattr(user, "get_email_field_name", lambda: "email")()
        for name in ("first_name", "last_name", email):
            yield str(getattr(user, name, None) or "")
        for name in self._attributes:
            if not hasattr(user, name) and not hasattr(type(user), name):
                raise ImproperlyConfigured(
                    f"{type(user).__name__} has no attribute {name!r}"
                )
            yield str(getattr(user, name, None) or "")


def _policy(name: str, rules: dict[str, Any]) -> PasswordPolicy:
    if name not in NAMED:
        raise ImproperlyConfigured(
            f"no policy is called {name!r}; there are {', '.join(NAMED)}"
        )
    try:
        return attrs.evolve(NAMED[name], **rules)
    except Invalid as invalid:
        raise ImproperlyConfigured(str(invalid)) from invalid
