"""
Which passwords do people in Belgian offices choose when a rule forces them?

Random text never meets what a strength estimate or a list of words is for: of
5,000 random strings that follow the Portal's rule none is weak.  These are: a
word, a number and a mark.
"""

from hypothesis import strategies as st

from ...passwords.habits import (
    MARKS,
    NUMBERS,
    STYLES,
    SUBSTITUTES,
    HumanLocale,
    made,
    words_of_habit,
)


__all__ = ["HumanLocale", "human_passwords"]


def human_passwords(locale: HumanLocale = "nl-BE") -> st.SearchStrategy[str]:
    """
    Return a strategy for passwords as people make them; no policy is asked.

    One or two words of the office and the season, a year or a row of digits,
    and a mark at the end.
    """
    words = st.sampled_from(words_of_habit(locale))
    years = st.integers(1950, 2035).map(str)
    return st.builds(
        made,
        st.lists(words, min_size=1, max_size=2),
        years | years.map(lambda year: year[2:]) | st.sampled_from(NUMBERS),
        st.sampled_from(MARKS),
        style=st.sampled_from(STYLES),
        substitutes=st.sampled_from(SUBSTITUTES),
    )
