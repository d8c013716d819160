"""
How do the login pages look as forms of WTForms, and who may send them?
"""

from datetime import timedelta
from typing import Any, ClassVar, Final

import wtforms
from flask import current_app, session
from wtforms.csrf.session import SessionCSRF

from ...forms.description import LANGUAGE_CHOICES
from ...passwords import PasswordPolicy
from ...texts import Translator
from ..login_pages import Asked, LoginPage, PageField


__all__ = ["PageForm", "form_of"]

#: How long a page may stay open before it is sent.
_OPEN_FOR: Final = timedelta(hours=8)


class PageForm(wtforms.Form):
    """
    A form of a login page, with a token that other sites do not know.
    """

    #: WTForms makes it.
    csrf_token: wtforms.Field

    class Meta:
        """
        What WTForms asks for its token.
        """

        csrf: ClassVar[bool] = True
        csrf_class: ClassVar[type[SessionCSRF]] = SessionCSRF
        csrf_time_limit: ClassVar[timedelta] = _OPEN_FOR

        @property
        def csrf_secret(self) -> bytes:
            """
            Return what signs the token: the key of the application.

            Raises:
                RuntimeError: the application has none.
            """
            key = current_app.secret_key
            if not key:
                raise RuntimeError("the pages need the secret_key of the application")
            return key.encode() if isinstance(key, str) else key

        @property
        def csrf_context(self) -> Any:  # noqa: ANN401  Flask's own.
            """
            Return where the other half of the token is kept.
            """
            return session


def form_of(
    page: LoginPage,
    *,
    policy: PasswordPolicy,
    locale: str,
    translator: Translator | None,
) -> type[PageForm]:
    """
    Return the form of *page* in the language of *locale*.
    """
    fields: dict[str, Any] = {
        each.name: _field(each, policy, locale, translator) for each in page.fields
    }
    meta: dict[str, Any] = {"locales": [locale]}
    if translator is not None:
        meta["translator"] = staticmethod(translator)
    return type("Form", (PageForm,), {**fields, "Meta": type("Meta", (), meta)})


def _field(
    field: PageField,
    policy: PasswordPolicy,
    locale: str,
    translator: Translator | None,
) -> Any:  # noqa: ANN401  A field that WTForms binds later.
    kind = _KINDS.get(field.asked, wtforms.StringField)
    options: dict[str, Any] = {}
    if field.asked is Asked.NEW_PASSWORD:
        asked = policy.help(locale, translator=translator)
        options["description"] = " ".join(asked)
    attributes = dict(field.attributes(policy))
    if field.is_required and not field.is_hidden:
        attributes["required"] = ""
    return kind(
        field.label(locale, translator=translator), render_kw=attributes, **options
    )


class _LanguageField(wtforms.SelectField):
    """
    Offers the languages; the library says what is wrong with one.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **{"validate_choice": False, **options})
        # Given to the constructor, versions of WTForms ask for different kinds.
        self.choices = [(one.value, one.label()) for one in LANGUAGE_CHOICES]


_KINDS: Final[dict[Asked, type[wtforms.Field]]] = {
    Asked.WINBOOKS_ID: wtforms.EmailField,
    Asked.SECRET: wtforms.PasswordField,
    Asked.NEW_PASSWORD: wtforms.PasswordField,
    Asked.TOKEN: wtforms.HiddenField,
    Asked.VERSION: wtforms.HiddenField,
    Asked.PHONE: wtforms.TelField,
    Asked.LANGUAGE: _LanguageField,
}
