"""
The how-to pages as programs: each page's code runs, and its application answers.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import django
import pytest
from django.conf import settings
from django.test.utils import setup_test_environment


HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: str, language: str) -> list[str]:
    """
    Return the blocks of code in *language* on a how-to page.
    """
    text = (HOW_TO / page).read_text("utf-8")
    return [code for which, code in BLOCK.findall(text) if which == language]


def pytest_configure() -> None:
    """
    Set Django up, with the templates that its page shows.
    """
    names = ("new_employee.html", "created.html")
    templates = dict(zip(names, blocks("django.md", "html"), strict=True))
    settings.configure(
        ALLOWED_HOSTS=["testserver"],
        REST_FRAMEWORK={
            "DEFAULT_AUTHENTICATION_CLASSES": [],
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "EXCEPTION_HANDLER": "how_to_rest_framework.tell",
            "UNAUTHENTICATED_USER": None,
        },
        ROOT_URLCONF="how_to_django",
        SECRET_KEY="for tests",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", templates),
                    ]
                },
            }
        ],
        USE_I18N=True,
        MIDDLEWARE=["django.middleware.locale.LocaleMiddleware"],
        LANGUAGES=[("en", "English"), ("nl", "Nederlands"), ("fr", "Français")],
    )
    django.setup()
    setup_test_environment()


@pytest.fixture
def program(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ModuleType]:
    """
    Run the code of the page that the test is parametrised with.
    """
    page: str = request.param
    monkeypatch.syspath_prepend(HOW_TO / "examples")
    name = "how_to_" + page.removesuffix(".md").replace("-", "_")
    module = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, module)
    for code in blocks(page, "python"):
        exec(compile(code, page, "exec"), module.__dict__)  # noqa: S102  Our own page.
    yield module
    sys.modules.pop("accounts", None)
