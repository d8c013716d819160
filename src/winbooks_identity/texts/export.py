"""
What does a translator get to work on, and a front end to speak with?

    python -c "from winbooks_identity.texts.export import as_po; print(as_po('fr'))"
"""

import json
from collections.abc import Iterator, Mapping
from typing import Final, final

from . import LANGUAGES, Plural, Translator, language_of, sentences
from .overrides import places


__all__ = ["as_json", "as_po", "templates"]


def as_json(language: str, translator: Translator | None = None) -> str:
    """
    Return all sentences in one of the `LANGUAGES` by code, as JSON.

    Where the number in a parameter decides, there is an object with the
    parameter in ``by`` and the two forms in ``one`` and ``other``.

    Args:
        language: one of the `LANGUAGES`.
        translator: a product's own words, asked first; see `templates`.
    """
    found = {
        code: each._asdict() if isinstance(each, Plural) else each
        for code, each in templates(language, translator).items()
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def templates(
    locale: str, translator: Translator | None = None
) -> Mapping[str, str | Plural]:
    """
    Return all sentences in the language of *locale*, with places for parameters.

    *translator* is asked first: it gets places such as ``{minimum}`` instead of
    values, so that a front end can put the values in.  Where a number decides
    between two forms, it is asked once for one and once for several.
    """
    ours = sentences(language_of(locale))
    if translator is None:
        return ours
    return {
        code: _template(code, each, locale, translator) for code, each in ours.items()
    }


def as_po(language: str) -> str:
    """
    Return all sentences in one of the `LANGUAGES` as a PO file of gettext.

    The English sentence is what is translated, the code is its context.
    """
    translated = sentences(language)
    return "\n".join(
        [
            _header(language),
            *(
                "\n".join(_entry(code, english, translated[code]))
                for code, english in sentences(LANGUAGES[0]).items()
            ),
        ]
    )


def _header(language: str) -> str:
    several = "n > 1" if language == "fr" else "n != 1"
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals=2; plural=({several});\\n"\n'
    )


def _entry(code: str, english: str | Plural, translated: str | Plural) -> Iterator[str]:
    if isinstance(english, Plural) or isinstance(translated, Plural):
        yield from _plural_entry(code, english, translated)
        return
    yield "#, python-brace-format"
    yield f"msgctxt {_quoted(code)}"
    yield f"msgid {_quoted(english)}"
    yield f"msgstr {_quoted(translated)}"
    yield ""


def _plural_entry(
    code: str, english: str | Plural, translated: str | Plural
) -> Iterator[str]:
    # One language may need two forms where another has one.
    deciding = next(
        each.by for each in (english, translated) if isinstance(each, Plural)
    )
    yield f"#. The number in {{{deciding}}} decides."
    yield "#, python-brace-format"
    yield f"msgctxt {_quoted(code)}"
    for name, form in zip(("msgid", "msgid_plural"), _forms(english), strict=True):
        yield f"{name} {_quoted(form)}"
    for number, form in enumerate(_forms(translated)):
        yield f"msgstr[{number}] {_quoted(form)}"
    yield ""


def _forms(sentence: str | Plural) -> tuple[str, str]:
    if isinstance(sentence, Plural):
        return sentence.one, sentence.other
    return sentence, sentence


def _quoted(text: str) -> str:
    # What JSON escapes in these sentences, PO escapes alike.
    return json.dumps(text, ensure_ascii=False)


@final
class _Place(int):
    """
    A number, so that plural forms can be chosen, that shows as the place for one.
    """

    name: str

    @classmethod
    def of(cls, name: str, number: int) -> "_Place":
        place = cls(number)
        place.name = name
        return place

    def __str__(self) -> str:
        return f"{{{self.name}}}"

    def __format__(self, specification: str) -> str:
        return str(self)


def _template(
    code: str, ours: str | Plural, locale: str, translator: Translator
) -> str | Plural:
    def said(number: int) -> str | None:
        params = {name: _Place.of(name, number) for name in places(ours)}
        return translator(code, params, locale)

    if isinstance(ours, Plural):
        one, several = said(1), said(_SEVERAL)
        return Plural(
            ours.by,
            ours.one if one is None else one,
            ours.other if several is None else several,
        )
    theirs = said(_SEVERAL)
    return ours if theirs is None else theirs


#: A number that every language speaks of in the plural.
_SEVERAL: Final = 2
