"""
What do the settings of a Django project say of the Portal?
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast, final

import attrs
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS
from django.utils.module_loading import import_string

from ...passwords import PasswordPolicy
from ...passwords.named import NAMED


__all__ = ["SETTING", "Configuration", "problems"]

#: The name of the setting, a dictionary.
SETTING: Final = "WINBOOKS_IDENTITY"

#: What is asked for, and why.
_NEEDED: Final = {
    "KEY_RING": "the path of the key file that `winbooks-identity key create` makes",
    "SENDER": "the address that mails come from",
    "PORTAL_URL": "the page where people sign in; it begins with https://",
}

#: What names an object by its dotted path.
_DOTTED: Final = (
    "ATTEMPT_LIMITS",
    "BREACHED",
    "ESTIMATOR",
    "HASHER",
    "LETTERS",
    "LINK_LETTERS",
    "MAILER",
    "OBSERVERS",
    "ON_WEB",
    "RETENTION",
    "SOURCE",
)

_OTHERS: Final = (
    "CONFIRM_ID_URL",
    "DATABASE",
    "POLICY",
    "SET_PASSWORD_URL",
    "SMTP",
)


@final
@attrs.frozen
class Configuration:
    """
    The setting ``WINBOOKS_IDENTITY``, whose problems were found.
    """

    _entries: Mapping[str, Any]

    @classmethod
    def read(cls) -> "Configuration":
        """
        Return what the settings say.

        Raises:
            ImproperlyConfigured: with everything that is missing or wrong.
        """
        if found := list(problems()):
            raise ImproperlyConfigured("; ".join(found))
        return cls(_entries())

    @property
    def key_ring(self) -> Path:
        """
        Return where the keys are.
        """
        return Path(self._entries["KEY_RING"])

    @property
    def database(self) -> str:
        """
        Return the alias of the database in ``DATABASES``.
        """
        return str(self._entries.get("DATABASE", DEFAULT_DB_ALIAS))

    @property
    def policy(self) -> PasswordPolicy:
        """
        Return what passwords keep to; the Portal's rule by default.
        """
        return _policy(self._entries.get("POLICY", "portal"))

    def text(self, name: str) -> str:
        """
        Return an entry that is asked for.
        """
        return str(self._entries[name])

    def get(self, name: str, default: Any = None) -> Any:
        """
        Return an entry as it stands.
        """
        return self._entries.get(name, default)

    def named(self, name: str) -> Any:
        """
        Return the object whose dotted path an entry is; `None` without.
        """
        path = self._entries.get(name)
        return None if path is None else import_string(path)


def problems() -> Iterator[str]:
    """
    Tell, in English, what is missing in the setting or wrong.
    """
    entries = _entries()
    for name, meaning in _NEEDED.items():
        if not entries.get(name):
            yield f'{SETTING}["{name}"] is missing: {meaning}'
    known = {*_NEEDED, *_DOTTED, *_OTHERS}
    for name in sorted(entries.keys() - known):
        yield f"{SETTING} has no entry {name!r}; there are {', '.join(sorted(known))}"
    for name in _DOTTED:
        if name in entries and (wrong := _wrong_path(entries[name])):
            yield f'{SETTING}["{name}"]: {wrong}'
    try:
        _policy(entries.get("POLICY", "portal"))
    except ImproperlyConfigured as error:
        yield f'{SETTING}["POLICY"]: {error}'


def _entries() -> Mapping[str, Any]:
    given: object = getattr(settings, SETTING, {})
    return cast("Mapping[str, Any]", given) if isinstance(given, Mapping) else {}


def _wrong_path(path: object) -> str | None:
    if not isinstance(path, str):
        return "it is the dotted path of an object"
    try:
        import_string(path)
    except ImportError as error:
        return str(error)
    return None


def _policy(name: object) -> PasswordPolicy:
    if name in NAMED:
        return NAMED[str(name)]
    if wrong := _wrong_path(name):
        raise ImproperlyConfigured(f"{wrong}; or one of {', '.join(NAMED)}")
    policy = import_string(str(name))
    if not isinstance(policy, PasswordPolicy):
        raise ImproperlyConfigured(f"{name} is no PasswordPolicy")
    return policy
