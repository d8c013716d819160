"""
What is made of the settings, once, for views, commands and the authentication?
"""

from contextlib import ExitStack
from functools import cache
from typing import Any, Final
from urllib.parse import urljoin

from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from ...attempts import LIMITS
from ...mail.one_time_link import OneTimeLinks
from ...portal import Portal
from ...ports import Mailer
from ...retention import Retention
from ...synchronisation import PlanFiles
from ..aesgcm import AesGcmSealer
from ..argon2 import Argon2Hasher
from ..key_ring import for_purpose, load
from ..letters import StandardLetters, StandardLinkLetters
from ..smtp import SmtpMailer
from .attempts import DjangoAttempts
from .configuration import SETTING, Configuration
from .messages import own_words
from .outbox_queue import DjangoOutboxQueue
from .storage import DjangoStorage


__all__ = ["mailer", "page_address", "portal", "source_of"]

#: The pages that mailed links lead to, by the entry that says otherwise.
PAGES: Final = {
    "SET_PASSWORD_URL": "winbooks_identity:set_password",
    "CONFIRM_ID_URL": "winbooks_identity:confirm_id",
}


@cache
def portal() -> Portal:
    """
    Return the services on the project's own database, as the settings say.

    Raises:
        ImproperlyConfigured: with everything that is missing or wrong.
        OSError, ValueError: the key file cannot be read, or is none.
    """
    said = Configuration.read()
    keys = load(said.key_ring)
    using = said.database
    return Portal(
        DjangoStorage(using=using),
        queue=DjangoOutboxQueue(using=using),
        attempts=DjangoAttempts(
            using=using,
            key=next(iter(for_purpose(keys, "attempts").values())),
            limits=said.named("ATTEMPT_LIMITS") or LIMITS,
        ),
        hasher=said.named("HASHER") or Argon2Hasher(),
        sealer=AesGcmSealer(for_purpose(keys, "outbox")),
        letters=said.named("LETTERS")
        or StandardLetters(
            said.text("SENDER"), said.text("PORTAL_URL"), translator=own_words()
        ),
        link_letters=said.named("LINK_LETTERS")
        or StandardLinkLetters(
            said.text("SENDER"),
            said.text("PORTAL_URL"),
            set_password_url=page_address(said, "SET_PASSWORD_URL"),
            confirm_id_url=page_address(said, "CONFIRM_ID_URL"),
            translator=own_words(),
        ),
        links=OneTimeLinks([*for_purpose(keys, "links").values()]),
        plan_files=PlanFiles([*for_purpose(keys, "plan").values()]),
        policy=said.policy,
        breached=said.named("BREACHED"),
        estimator=said.named("ESTIMATOR"),
        on_web=said.named("ON_WEB"),
        retention=said.named("RETENTION") or Retention(),
        observers=said.named("OBSERVERS") or (),
    )


def mailer(*, closed_by: ExitStack) -> Mailer:
    """
    Return what hands mails to the mail server, until *closed_by* ends.

    Raises:
        ImproperlyConfigured: the settings name none.
    """
    said = Configuration.read()
    if (make := said.named("MAILER")) is not None:
        made: Mailer = make()
        return made
    if said.get("SMTP") is None:
        raise ImproperlyConfigured(
            f'{SETTING}["SMTP"] is missing: what SmtpMailer takes, such as'
            ' {"host": "mail.office.example", "port": 587}'
        )
    return closed_by.enter_context(SmtpMailer(**said.get("SMTP")))


def page_address(said: Configuration, name: str) -> str:
    """
    Return the address of a page that mailed links lead to.

    It is the entry *name*, or the page of ours that the project's addresses have.

    Raises:
        ImproperlyConfigured: it is neither.
    """
    given = said.get(name)
    if given is not None:
        return str(given)
    try:
        return urljoin(said.text("PORTAL_URL"), reverse(PAGES[name]))
    except NoReverseMatch:
        raise ImproperlyConfigured(
            f'{SETTING}["{name}"] is missing, or in ROOT_URLCONF:'
            ' include("winbooks_identity.adapters.django.urls")'
        ) from None


def source_of(request: HttpRequest) -> str | None:
    """
    Return the IP address that *request* comes from.

    The entry ``SOURCE`` names another function, for projects behind a proxy.
    """
    asked = Configuration.read().named("SOURCE")
    if asked is None:
        return str(request.META.get("REMOTE_ADDR") or "") or None
    found: str | None = asked(request)
    return found


def _forget(*, setting: str, **_: Any) -> None:
    if setting in {SETTING, "ROOT_URLCONF", "WINBOOKS_IDENTITY_TRANSLATOR"}:
        portal.cache_clear()


setting_changed.connect(_forget, dispatch_uid="winbooks_identity.wiring")
