"""
What does a browser need to know of a form, to build it and to check it?

The modules ``form.mjs``, ``form-page.mjs`` and ``form-element.mjs`` of the npm package
read it.  Their answers are hints: the server decides.
"""

from typing import Final

from ..problems import Missing, Problem
from ..texts import Translator, language_of, text
from .description import FormDescription, FormField
from .new_user import DossierRequired, RoleRequired


__all__ = ["form_json"]

#: The box that stands for a password.  [R15]
_GENERATE: Final = "generate_password"

#: What is wrong with an empty field that is no text.  [R38, R51]
_WHEN_EMPTY: Final[dict[str, Problem]] = {
    "dossiers": DossierRequired(),
    "roles": RoleRequired(),
}


def form_json(
    description: FormDescription,
    locale: str = "en",
    *,
    translator: Translator | None = None,
) -> dict[str, object]:
    """
    Return the form as JSON data, its words in the language of *locale*.

    A field has its ``name``, ``input`` (a value of `Input`), ``label``, ``help``,
    ``initial``, ``attributes`` and ``choices``; and

    * ``missing``: the code and the sentence when it is left empty, or null where
      it may be;
    * ``unless``: the box that takes the field off the form, or null;
    * ``policy``: what a password keeps to, or null.

    Args:
        description: the form.
        locale: the reader's.
        translator: a product's own words, asked first.
    """
    return {
        "language": language_of(locale),
        "summary": text("http.422", locale, translator=translator),
        "unavailable": text("unavailable", locale, translator=translator),
        "optional": text("form.optional", locale, translator=translator),
        "save": text("form.save", locale, translator=translator),
        "fields": [
            _field(field, description, locale, translator)
            for field in description.fields
        ],
    }


def _field(
    field: FormField,
    description: FormDescription,
    locale: str,
    translator: Translator | None,
) -> dict[str, object]:
    names = {each.name for each in description.fields}
    unless = _GENERATE if field.policy is not None and _GENERATE in names else None
    missing: dict[str, object] | None = None
    if field.is_required or field.policy is not None:
        problem = _WHEN_EMPTY.get(field.name, Missing())
        sentence = problem.message(locale, translator=translator)
        missing = {"code": problem.code, "detail": sentence}
    policy = field.policy and field.policy.description(locale, translator=translator)
    return {
        "name": field.name,
        "input": field.input.value,
        "label": field.label(locale, translator=translator),
        # The rules of a password are told one by one.
        "help": "" if policy else field.help(locale, translator=translator),
        "missing": missing,
        "unless": unless,
        "choices": [
            {
                "value": choice.value,
                "label": choice.label(locale, translator=translator),
            }
            for choice in field.choices
        ],
        "initial": field.initial,
        "attributes": dict(field.attributes),
        "policy": policy,
    }
