"""
What does a translator get to work on, and a front end to speak with?

    python -c "from winbooks_identity.texts.export import as_po; print(as_po('fr'))"
"""

import json
from collections.abc import Iterator

from . import LANGUAGES, Plural, sentences


__all__ = ["as_json", "as_po"]


def as_json(language: str) -> str:
    """
    Return all sentences in one of the `LANGUAGES` by code, as JSON.

    Where the number in a parameter decides, there is an object with the
    parameter in ``by`` and the two forms in ``one`` and ``other``.
    """
    found = {
        code: each._asdict() if isinstance(each, Plural) else each
        for code, each in sentences(language).items()
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


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
