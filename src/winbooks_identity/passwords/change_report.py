"""
How is a change of policy explained to people who know nothing of automata?

What changes, what is refused and accepted from now on and why, whom it hits, and what
to do next: as blocks of sentences, which `change_formats` writes down.
"""

import shlex
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple, cast, final

import attrs

from .. import texts
from .attribution import RuleChange, Shares
from .breached import BreachCheck
from .change import Flip, PolicyChange
from .people import Hit


__all__ = ["Block", "Quote", "percent", "report"]

#: How a password, a word or a command is set apart from the sentence around it.
Quote = Callable[[str], str]

#: How many words of a list are told.
_WORDS: Final = 5


class Block(NamedTuple):
    """
    A heading with what stands below it: sentences, and points of a list.

    The first block of a report has no heading.
    """

    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


def report(
    change: PolicyChange,
    quote: Quote,
    locale: str = "en",
    *,
    name: str = "",
    translator: texts.Translator | None = None,
) -> list[Block]:
    """
    Return *change* as blocks, in their order.

    Args:
        change: what is told.
        quote: sets passwords apart.
        locale: the reader's.
        name: how the command line calls the new policy; without it, no command is
            shown.
        translator: a product's own words, asked first.

    Raises:
        Invalid: the policies are too large to compare.
    """
    return list(_Teller(change, quote, locale, translator).blocks(name))


def percent(
    share: Fraction,
    locale: str = "en",
    *,
    translator: texts.Translator | None = None,
) -> str:
    """
    Return *share* in words of one number; what is rounded is never "all" or "none".
    """
    number = f"{float(share) * 100:.1f}"
    sign = ""
    if number == "0.0" and share:
        sign, number = "< ", "0.1"
    elif number == "100.0" and share != 1:
        sign, number = "> ", "99.9"
    point = texts.text("policy_change.decimal_sign", locale, translator=translator)
    number = number.removesuffix(".0").replace(".", point)
    params = {"number": number}
    return sign + texts.text(
        "policy_change.percent", locale, params, translator=translator
    )


@final
@attrs.frozen
class _Teller:
    """
    Says everything in one language.
    """

    change: PolicyChange
    quote: Quote
    locale: str
    translator: texts.Translator | None

    def blocks(self, name: str) -> Iterator[Block]:
        change = self.change
        yield Block("", (self._say(f"verdict.{change.verdict}"),))
        if changes := change.attribution.changes:
            points = map(self._changed, changes)
            yield self._block("what", points=points, end=self._undecided())
        if change.refused:
            yield self._flip("refused", change.refused)
        if change.accepted:
            yield self._flip("accepted", change.accepted)
        if days := tuple(self._days()):
            yield self._block("days", points=days)
        if change.people:
            hits = change.people.items()
            hit = (point for each in hits for point in self._hit(*each))
            yield self._block("people", points=hit, end=self._unasked())
        yield self._block("next", self._next(name))

    def _say(self, code: str, **params: str | int) -> str:
        return texts.text(
            f"policy_change.{code}", self.locale, params, translator=self.translator
        )

    def _rule(self, rule: str) -> str:
        return texts.text(
            f"policy_rule.{rule}", self.locale, translator=self.translator
        )

    def _percent(self, share: Fraction) -> str:
        return percent(share, self.locale, translator=self.translator)

    def _block(
        self,
        heading: str,
        sentences: Iterable[str] = (),
        points: Iterable[str] = (),
        end: Iterable[str] = (),
    ) -> Block:
        said = self._say(f"heading.{heading}")
        return Block(said, tuple(sentences), tuple(points), tuple(end))

    def _changed(self, change: RuleChange) -> str:
        rule, old, new = self._rule(change.rule), change.old, change.new
        before, after = _members(old), _members(new)
        if before is not None and after is not None:
            parts = {
                "added": [each for each in after if each not in before],
                "dropped": [each for each in before if each not in after],
            }
            said = "; ".join(
                self._say(code, rule=rule, words=self._words(words))
                for code, words in parts.items()
                if words
            )
        else:
            # A limit that is not there, or characters that are all allowed.
            is_set = change.rule == "allowed_characters"
            none = self._say("all_characters" if is_set else "no_limit")
            said = self._say(
                "changed",
                rule=rule,
                old=none if old is None else self._value(old),
                new=none if new is None else self._value(new),
            )
        return self._say(change.direction, change=said)

    def _undecided(self) -> Iterator[str]:
        if undecided := self.change.attribution.undecided:
            rules = "; ".join(map(self._rule, undecided))
            yield self._say("undecided", rules=rules)

    def _unasked(self) -> Iterator[str]:
        hits = self.change.people.values()
        unasked = dict.fromkeys(rule for hit in hits for rule in hit.unasked)
        if unasked:
            yield self._say("unasked", rules="; ".join(map(self._rule, unasked)))

    def _value(self, value: object) -> str:
        match value:
            case bool():
                return self._say("yes" if value else "no")
            case BreachCheck():
                return self._say(value.value.replace(" ", "_"))
            case str():
                return self.quote(value)
            case _:
                return str(value)

    def _words(self, words: list[str]) -> str:
        told = ", ".join(map(self.quote, words[:_WORDS]))
        if rest := words[_WORDS:]:
            return self._say("more_words", words=told, number=len(rest))
        return told

    def _flip(self, what: str, flip: Flip) -> Block:
        first, *others = map(self.quote, flip.examples)
        if others:
            told = self._say("examples", password=first, other=others[0])
        else:
            told = self._say("example", password=first)
        rules = "; ".join(map(self._rule, flip.rules))
        because = self._say("because", rules=rules) if rules else self._say("too_large")
        if not flip.shares:
            return self._block(what, (because, told, self._say("too_large_to_count")))
        return self._block(
            what,
            (because, told, self._say(f"share_{what}")),
            (self._share(length, flip.shares[length]) for length in flip.told),
        )

    def _share(self, length: int, shares: Shares) -> str:
        together = self._percent(Fraction(shares.refused, shares.accepted or 1))
        if len(shares.by_rule) == 1:
            return self._say("share", length=length, share=together)
        rules = "; ".join(
            self._say(
                "rule_share",
                rule=self._rule(rule),
                share=self._percent(Fraction(number, shares.accepted or 1)),
            )
            for rule, number in shares.by_rule.items()
            if number
        )
        code = "share_by_rule" if rules else "share"
        return self._say(code, length=length, share=together, rules=rules)

    def _hit(self, name: str, hit: Hit) -> Iterator[str]:
        known = {"habits", "public", "own"}
        said = self._say(f"list.{name}") if name in known else self.quote(name)
        people = self._number(hit.people)
        if hit.refused:
            yield self._with_examples(
                self._say(
                    "hit",
                    list=said,
                    accepted=self._number(hit.accepted),
                    refused=self._number(hit.refused),
                    share=self._percent(Fraction(hit.refused, hit.accepted)),
                ),
                hit.refused_examples,
            )
        if hit.admitted:
            admitted = self._number(hit.admitted)
            yield self._with_examples(
                self._say("hit_admitted", list=said, admitted=admitted, people=people),
                hit.admitted_examples,
            )
        if not hit.refused and not hit.admitted:
            yield self._say("hit_nothing", list=said, people=people)
        if hit.unknown:
            unknown = self._number(hit.unknown)
            yield self._say("hit_unknown", list=said, unknown=unknown, people=people)

    def _with_examples(self, said: str, examples: tuple[str, ...]) -> str:
        if not examples:
            return said
        passwords = ", ".join(map(self.quote, examples))
        return f"{said} {self._say('hit_examples', passwords=passwords)}"

    def _number(self, number: int) -> str:
        # A narrow blank between thousands is read in every language (ISO 80000-1).
        return f"{number:,}".replace(",", "\u202f")

    def _next(self, name: str) -> Iterator[str]:
        verdict = self.change.verdict
        yield self._say(f"next.{self._next_step()}")
        if name and verdict in {"stricter", "incomparable"}:
            command = (
                f"winbooks-identity policy impact {shlex.quote(name)} --database PATH"
            )
            yield self._say("next.count", command=self.quote(command))

    def _days(self) -> Iterator[str]:
        """
        Yield from which day the new policy asks what, if it is rolled out.
        """
        rollout = self.change.new.rollout
        for stage, day in (rollout.days if rollout is not None else {}).items():
            said = self._say(f"stage.{stage.name.lower()}")
            yield f"{day.isoformat()}: {said}"

    def _next_step(self) -> str:
        change = self.change
        rollout, verdict = change.new.rollout, change.verdict
        if verdict == "equal" and change.old.rollout != rollout:
            return "days"
        if verdict in {"stricter", "incomparable"} and rollout and rollout.days:
            return "rolled_out"
        return verdict


def _members(value: object) -> list[str] | None:
    """
    Return the words or characters that a rule names, if it names some.
    """
    if isinstance(value, str | tuple):
        return list(cast("Iterable[str]", value))
    return None
