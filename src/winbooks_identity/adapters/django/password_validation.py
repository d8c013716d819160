"""
How do Django's own accounts keep to a password policy?
"""

from typing import Any, final

from django.core.exceptions import ValidationError

from ...passwords import PasswordPolicy
from .messages import active_language, own_words, validation_errors


__all__ = ["PolicyValidator"]


@final
class PolicyValidator:
    """
    An entry for ``AUTH_PASSWORD_VALIDATORS``; its ``OPTIONS`` are the policy's.
    """

    def __init__(self, **rules: Any) -> None:  # noqa: ANN401  From the settings.
        self._policy = PasswordPolicy(**rules)

    def validate(self, password: str, user: object = None) -> None:
        """
        Do nothing if *password* keeps to the policy.

        Raises:
            ValidationError: with every problem.
        """
        del user
        if problems := self._policy.check(password):
            raise ValidationError(validation_errors(problems))

    def get_help_text(self) -> str:
        """
        Return what the policy asks, in the active language.
        """
        return " ".join(self._policy.help(active_language(), translator=own_words()))
