"""
What of a letter is worded and encoded once for everyone?

A letter differs from the next of its kind and language in a few values.  It is worded
with a mark in the place of each, by the same code that words a single letter.
"""

from functools import lru_cache
from html import escape
from typing import Final, Self, final

import attrs

from .body import Body, Pattern
from .page import broken
from .wording import Form, Values, Words, word


__all__ = ["Prepared", "prepared"]

#: Signs for private use (Unicode, 23.5): no sentence of the catalogue has them, and
#: to HTML they are letters like others.
_FIRST_MARK: Final = 0xE000


@final
@attrs.frozen
class Prepared:
    """
    A form in the words of the catalogue, with places for the values.
    """

    form: Form
    words: Words
    text: Pattern
    html: Pattern

    @classmethod
    def of(cls, form: Form) -> Self:
        """
        Return *form*, worded.
        """
        names = ["company", "url", *map(str, range(len(form.labels)))]
        marks = {name: chr(_FIRST_MARK + at) for at, name in enumerate(names)}
        company, url, *rows = marks.values()
        words = word(form, Values(company=company, url=url, rows=rows), None)
        text, html = Pattern.of(words.text, marks), Pattern.of(words.html, marks)
        return cls(form, words, text, html)

    def bodies(self, values: Values) -> tuple[Body, Body]:
        """
        Return the text and the HTML with *values* in their places.
        """
        as_text = {"company": values.company, "url": values.url}
        as_html = {name: escape(value) for name, value in as_text.items()}
        for at, (label, value) in enumerate(
            zip(self.form.labels, values.rows, strict=True)
        ):
            as_text[str(at)] = value
            as_html[str(at)] = broken(value, is_secret=label.is_secret)
        return Body(self.text, as_text), Body(self.html, as_html)


@lru_cache(maxsize=64)
def prepared(form: Form) -> Prepared:
    """
    Return *form*, prepared once; no user's text is in it.
    """
    return Prepared.of(form)
