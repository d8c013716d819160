"""
What is missing in a Django project, before anyone signs in?

``manage.py check`` says it; ``check --deploy`` looks at the key file too.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from ..key_ring import load
from . import wiring
from .configuration import Configuration, problems


__all__ = ["check_keys", "check_settings"]

_HOW_TO_MAKE_KEYS: Final = (
    "make it once, in Python: from winbooks_identity.adapters import key_ring;"
    " key_ring.create(Path('{}'))"
)


@register(Tags.compatibility)
def check_settings(**_: Any) -> list[CheckMessage]:
    """
    Return what is missing in the settings, or wrong.
    """
    if found := [Error(text, id="winbooks_identity.E001") for text in problems()]:
        return [*found, *_check_instants()]
    said = Configuration.read()
    return [*_check_pages(said), *_check_database(said.database), *_check_instants()]


@register(Tags.security, deploy=True)
def check_keys(**_: Any) -> list[CheckMessage]:
    """
    Return why the key file cannot be used; what is in it is not repeated.
    """
    if [*problems()]:
        return []  # It is said already.
    path = Configuration.read().key_ring
    try:
        load(path)
    except (OSError, ValueError) as error:
        hint = _HOW_TO_MAKE_KEYS.format(path) if not path.exists() else None
        return [Error(f"{path}: {error}", hint=hint, id="winbooks_identity.E005")]
    return []


def _check_pages(said: Configuration) -> Iterator[CheckMessage]:
    for name in wiring.PAGES:
        try:
            wiring.page_address(said, name)
        except ImproperlyConfigured as error:
            yield Error(str(error), id="winbooks_identity.E002")


def _check_database(alias: str) -> Iterator[CheckMessage]:
    if alias not in connections:
        yield Error(f"DATABASES has no {alias!r}", id="winbooks_identity.E003")
        return
    if connections[alias].vendor != "sqlite":
        return
    options = connections.settings[alias].get("OPTIONS", {})
    if str(options.get("transaction_mode", "")).upper() != "IMMEDIATE":
        yield Error(
            "two transactions that want to write cannot wait for each other",
            hint=f'DATABASES["{alias}"]["OPTIONS"]["transaction_mode"] = "IMMEDIATE"',
            id="winbooks_identity.E003",
        )


def _check_instants() -> Iterator[CheckMessage]:
    if not settings.USE_TZ:
        yield Error(
            "instants are kept in UTC",
            hint="USE_TZ = True",
            id="winbooks_identity.E004",
        )
