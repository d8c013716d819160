"""
Which pages does a product need, so that people sign in and look after their login?

What each of them asks and says, for every framework: the app for Django has the same
ones.  What they do is in `login_steps`.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Final, cast, final

import attrs

from .. import texts
from ..forms.description import LANGUAGE_CHOICES, password_attributes
from ..forms.schema import ADDRESS, Json
from ..passwords import PasswordPolicy


__all__ = [
    "CHANGE_PASSWORD",
    "CONFIRM_ID",
    "EDIT_USER",
    "FORGOTTEN_PASSWORD",
    "MAX_BODY",
    "SET_PASSWORD",
    "SIGN_IN",
    "Asked",
    "LoginPage",
    "PageField",
    "style",
]


#: Bytes; the longest form has two passwords of 4,096 characters, each of them escaped.
MAX_BODY: Final = 128 * 1024


@cache
def style() -> str:
    """
    Return the style sheet that the pages of Django and Flask share.
    """
    folder = files(__name__.rpartition(".")[0])
    return folder.joinpath("login_pages.css").read_text("utf-8")


@final
class Asked(Enum):
    """
    What a field is filled in with.
    """

    WINBOOKS_ID = "winbooks_id"
    SECRET = "secret"  # noqa: S105  The kind of field, not a secret.
    NEW_PASSWORD = "new_password"  # noqa: S105  The kind of field, not a secret.
    TOKEN = "token"  # noqa: S105  The kind of field, not a secret.
    TEXT = "text"
    PHONE = "phone"
    LANGUAGE = "language"
    VERSION = "version"


@final
@attrs.frozen
class PageField:
    """
    One field of a page; `code` finds its label.
    """

    name: str
    asked: Asked
    code: str = attrs.field(
        default=attrs.Factory(lambda self: f"form.{self.name}", takes_self=True)
    )
    is_required: bool = True

    @property
    def is_hidden(self) -> bool:
        """
        Tell whether the page fills it in, and not the person.
        """
        return self.asked in {Asked.TOKEN, Asked.VERSION}

    def label(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what stands beside the field; a hidden one needs nothing.
        """
        if self.is_hidden:
            return ""
        return texts.text(self.code, locale, translator=translator)

    def attributes(self, policy: PasswordPolicy) -> Mapping[str, str]:
        """
        Return the attributes of its HTML element, but its name and type.

        Args:
            policy: what a new password keeps to.
        """
        if self.asked is Asked.NEW_PASSWORD:
            return password_attributes(policy)
        return _ATTRIBUTES.get(self.asked, {})

    def json_schema(self, policy: PasswordPolicy) -> dict[str, Json]:
        """
        Return what a program sends for it.
        """
        match self.asked:
            case Asked.WINBOOKS_ID:
                return {"type": "string", "pattern": ADDRESS}
            case Asked.SECRET | Asked.TOKEN:
                return {"type": "string", "format": "password", "writeOnly": True}
            case Asked.NEW_PASSWORD:
                # What a policy says of itself is JSON; its type is a wider one.
                told = cast("dict[str, Json]", policy.json_schema("ascii-safe"))
                return {name: told[name] for name in told if name != "$schema"}
            case Asked.LANGUAGE:
                return {
                    "type": "string",
                    "enum": [choice.value for choice in LANGUAGE_CHOICES],
                }
            case Asked.VERSION:
                return {"type": "integer", "minimum": 1}
            case _:
                return {"type": "string"}


@final
@attrs.frozen
class LoginPage:
    """
    A page and its form; `name` finds its texts.
    """

    name: str
    fields: tuple[PageField, ...]

    def title(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the heading of the page.
        """
        return texts.text(f"page.{self.name}", locale, translator=translator)

    def help(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what a reader has to know, if there is something.
        """
        code = f"page.{self.name}.help"
        if code not in texts.sentences(texts.LANGUAGES[0]):
            return ""
        return texts.text(code, locale, translator=translator)

    def button(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what stands on the button.
        """
        return texts.text(f"page.{self.name}.button", locale, translator=translator)

    def json_schema(self, policy: PasswordPolicy) -> dict[str, Json]:
        """
        Return the JSON Schema of what is sent; *policy* is for a new password.
        """
        return {
            "type": "object",
            "properties": {
                field.name: field.json_schema(policy) for field in self.fields
            },
            "required": [field.name for field in self.fields if field.is_required],
        }


_OWN: Final = {"autocapitalize": "none", "spellcheck": "false"}
_ATTRIBUTES: Final[Mapping[Asked, Mapping[str, str]]] = {
    Asked.WINBOOKS_ID: {"autocomplete": "username", **_OWN},
    Asked.SECRET: {"autocomplete": "current-password", "autocapitalize": "none"},
    # It is about another person than the one at the keyboard.
    Asked.TEXT: {"autocomplete": "off"},
    Asked.PHONE: {"autocomplete": "off"},
}


def _details() -> Iterator[PageField]:
    for name in ("first_name", "last_name", "company_name"):
        yield PageField(name, Asked.TEXT)
    yield PageField("phone", Asked.PHONE, is_required=False)
    yield PageField("language", Asked.LANGUAGE)
    yield PageField("version", Asked.VERSION)


_ID: Final = PageField("winbooks_id", Asked.WINBOOKS_ID)
_TOKEN: Final = PageField("token", Asked.TOKEN)
_NEW: Final = PageField("password", Asked.NEW_PASSWORD, "page.new_password")

SIGN_IN: Final = LoginPage("sign_in", (_ID, PageField("password", Asked.SECRET)))
CHANGE_PASSWORD: Final = LoginPage(
    "change_password",
    (_ID, PageField("current_password", Asked.SECRET, "page.current_password"), _NEW),
)
FORGOTTEN_PASSWORD: Final = LoginPage("forgotten_password", (_ID,))
SET_PASSWORD: Final = LoginPage("set_password", (_TOKEN, _NEW))
CONFIRM_ID: Final = LoginPage("confirm_id", (_TOKEN,))
EDIT_USER: Final = LoginPage("edit_user", tuple(_details()))
