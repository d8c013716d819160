"""
A step gets one answer, whichever framework its form comes through.

The creation form has a table of its own in tests/forms/test_how_to_pages.py.
"""

import logging
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.urls import reverse
from django.utils.log import AdminEmailHandler
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.middleware.sessions import SessionMiddleware
from werkzeug.debug import DebuggedApplication
from werkzeug.test import Client as DebugClient

from login_django import OfDjango, django_project
from login_entries import (
    GOOD,
    Answer,
    Core,
    Pairs,
)
from login_fastapi import OfFastapi
from login_flask import OfFlask
from login_portal import (
    ADDRESS,
    CHOSEN,
)
from winbooks_identity.adapters import fastapi
from winbooks_identity.adapters.login_pages import (
    CHANGE_PASSWORD,
    CONFIRM_ID,
    EDIT_USER,
    FORGOTTEN_PASSWORD,
    SET_PASSWORD,
    SIGN_IN,
    LoginPage,
)
from winbooks_identity.services.own_login import OwnLoginService
from winbooks_identity.services.sign_in import SignInService
from winbooks_identity.testing.leaks import Watch


HOSTILE: Final = (
    *("", " ", "\u200b", "\x00", "a\x00b", "\ufeff x", "**********", "\u25cf\u25cf"),
    *("a", "a" * 5000, "é" * 129, "e\u0301" * 70, "Kort-9", "aaaaaaaaaaaaaaaa", CHOSEN),
    *(ADDRESS, " Ada@Example.org\u00a0", "ada@example", "ada@@example.org", "@", "ada"),
    *(
        "ada@bureau-été.be",
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "%(x)s",
        "\r\nA",
    ),
    *("1", "0", "-1", "99999999999", "\u0663", "2.0", "nl", "de", "xx", "None", "null"),
    *("\u202eada", "\U0001f600" * 20, "\ud7ff", "O'Brien", "=cmd()", "+32", "0470 12"),
)
ODD: Final[tuple[object, ...]] = (
    None,
    0,
    1,
    2,
    True,
    1.5,
    [],
    ["x", "y"],
    {},
    {"a": "b"},
    "\ud800",
)

STEPS: Final = (
    *(SIGN_IN, CHANGE_PASSWORD, FORGOTTEN_PASSWORD),
    *(SET_PASSWORD, CONFIRM_ID, EDIT_USER),
)


def posted(page: LoginPage, chance: random.Random, token: str) -> Pairs:
    """
    Return a form as a browser sends it, some of it wrong.
    """
    pairs: list[tuple[str, str]] = []
    for name, good in (GOOD[page.name] | {"unknown": "x"}).items():
        text = token if name == "token" else good
        match chance.randrange(6):
            case 0:
                continue
            case 1 | 2 | 3:
                pairs.append((name, chance.choice(HOSTILE)))
            case 4:
                pairs += [(name, chance.choice(HOSTILE)), (name, text)]
            case _:
                pairs.append((name, text))
    return pairs


@pytest.fixture
def _project(migrated: object, tmp_path: Path) -> Iterator[None]:
    """
    Set the project up.
    """
    del migrated
    with django_project(tmp_path):
        yield


def agree(page: LoginPage, kinds: Sequence[type[Core]], forms: Sequence[Any]) -> int:
    """
    Compare the answers to *forms*, and return how many of them were taken.

    What is refused changes nothing.
    """
    entries = [kind() for kind in kinds]
    tokens = [each.token(page) for each in entries]
    taken = 0
    for number, form in enumerate(forms):
        answers: list[Answer] = []
        for entry, token in zip(entries, tokens, strict=True):
            before = entry.kept()
            answers.append(entry.answer(page, filled(form, token)))
            assert not answers[-1] or before == entry.kept(), (page.name, number, form)
        for kind, answer in zip(kinds, answers, strict=True):
            assert answers[0] == answer, (kind.__name__, page.name, number, form)
        if not answers[0]:
            taken += 1
            entries = [kind() for kind in kinds]
            tokens = [each.token(page) for each in entries]
    return taken


def filled(form: Any, token: str) -> Any:  # noqa: ANN401  Pairs, or what JSON says.
    """
    Return *form* with *token* where it has the word.
    """
    if isinstance(form, Mapping):
        return {n: token if v == "TOKEN" else v for n, v in form.items()}
    return [(n, token if v == "TOKEN" else v) for n, v in form]


def as_json(page: LoginPage, chance: random.Random) -> Mapping[str, object]:
    """
    Return what a program sends, some of it of another kind.
    """
    form: dict[str, object] = dict(posted(page, chance, "TOKEN"))
    for name in form:
        if not chance.randrange(3):
            form[name] = chance.choice(ODD)
    return form


#: How many forms are sent to each step; more by hand.
FORMS: Final = 8


@pytest.mark.parametrize("page", STEPS, ids=lambda page: page.name)
@pytest.mark.usefixtures("_project")
class TestAgreement:
    """
    Every framework refuses for the same reasons beside the same fields.
    """

    @pytest.mark.slow  # Each form goes through five entries; two of them hash each time.
    def test_forms_of_a_browser(self, page: LoginPage) -> None:
        """
        Also with names that are sent twice, or not at all.
        """
        chance = random.Random(page.name)  # noqa: S311  Repeatable.
        forms = [posted(page, chance, "TOKEN") for _ in range(FORMS)]
        good = GOOD[page.name] | (
            {"token": "TOKEN"} if "token" in GOOD[page.name] else {}
        )
        kinds = [Core, OfFastapi, OfFlask, OfDjango]

        assert 1 <= agree(page, kinds, [*forms, [*good.items()]])

    def test_json(self, page: LoginPage) -> None:
        """
        Also with what is no text.
        """
        chance = random.Random(page.name)  # noqa: S311  Repeatable.
        forms = [as_json(page, chance) for _ in range(FORMS)]

        agree(page, [Core, OfFastapi], forms)


CANARY: Final = "Canary-7f3a-Horse"

#: Where a fault happens, behind which page, and what was sent from it.
FAULTS: Final = (
    (SignInService, "verify", SIGN_IN, {"winbooks_id": ADDRESS, "password": CANARY}),
    (
        OwnLoginService,
        "change_password",
        CHANGE_PASSWORD,
        {"winbooks_id": ADDRESS, "current_password": CANARY, "password": CANARY},
    ),
    (
        OwnLoginService,
        "set_password",
        SET_PASSWORD,
        {"token": CANARY, "password": CANARY},
    ),
)


def of_flask(entry: OfFlask, page: LoginPage, form: Mapping[str, str]) -> str:
    """
    Return what the debugger of Werkzeug shows.
    """
    entry.app.config["PROPAGATE_EXCEPTIONS"] = True
    browser = DebugClient(DebuggedApplication(entry.app, evalex=False))
    address = f"/{page.name.replace('_', '-')}"
    shown = browser.get(address).text
    (own,) = re.findall(r'name="csrf_token" type="hidden" value="([^"]+)"', shown)
    with redirect_stderr(StringIO()) as log:
        answer = browser.post(address, data={**form, "csrf_token": own})
    return answer.text + log.getvalue()


def of_fastapi(entry: OfFastapi, page: LoginPage, form: Mapping[str, str]) -> str:
    """
    Return what the debug page of Starlette shows.
    """
    app = FastAPI(debug=True)
    app.add_middleware(SessionMiddleware, secret_key="of no use")
    app.include_router(fastapi.Login(entry.portal).router)
    browser = TestClient(app, raise_server_exceptions=False)
    page_shown = browser.post(
        f"/{page.name.replace('_', '-')}", json=form, headers={"accept": "text/html"}
    )
    return page_shown.text


def of_django(entry: OfDjango, page: LoginPage, form: Mapping[str, str]) -> str:
    """
    Return the answer, and what is mailed to the administrators.
    """
    mailed: list[str] = []

    class Collecting(AdminEmailHandler):
        """
        Keeps what it would send.
        """

        def send_mail(self, subject: Any, message: Any, *_: Any, **more: Any) -> None:  # noqa: ANN401  Django's own.
            """
            Keep it.
            """
            mailed.extend((str(subject), str(message), str(more.get("html_message"))))

    logger, handler = logging.getLogger("django.request"), Collecting(include_html=True)
    logger.addHandler(handler)
    entry.browser.raise_request_exception = False
    try:
        answer = entry.browser.post(reverse(f"winbooks_identity:{page.name}"), form)
    finally:
        logger.removeHandler(handler)
    return "".join([answer.content.decode(), *mailed])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[1])
@pytest.mark.parametrize(
    "kind, show",
    [(OfFlask, of_flask), (OfFastapi, of_fastapi), (OfDjango, of_django)],
)
@pytest.mark.usefixtures("_project")
def test_a_fault_shows_no_password(
    kind: type[Core],
    show: Callable[[Any, LoginPage, Mapping[str, str]], str],
    fault: tuple[type[object], str, LoginPage, Mapping[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """
    Neither on a page or in a mail, nor in a variable of a frame of the library.
    """
    service, name, page, form = fault
    watch = Watch(CANARY)
    frames: list[str] = []

    def fail(*_: object, **__: object) -> None:
        frame = sys._getframe().f_back
        while frame is not None:
            if "winbooks_identity/adapters" in frame.f_code.co_filename:
                frames.append(frame.f_code.co_name)
                seen = [repr(value) for value in frame.f_locals.values()]
                watch.look_at(frame.f_code.co_name, seen)
            frame = frame.f_back
        raise ZeroDivisionError("a fault of the product")

    entry = kind()
    monkeypatch.setattr(service, name, fail)
    shown = show(entry, page, form)

    assert "ZeroDivisionError" in shown
    assert frames
    watch.look_at("what is shown", shown)
    assert () == watch.found
