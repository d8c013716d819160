"""
A plan is saved, mailed and read again.
"""

import json
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.names import PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.synchronisation import (
    Create,
    Finding,
    Plan,
    Reason,
    SyncedFields,
    Update,
)
from winbooks_identity.synchronisation.plan_file import PlanFiles, digest
from winbooks_identity.synchronisation.remarks import NotAPlan, PlanChanged
from winbooks_identity.winbooks_id import WinBooksId


BEFORE = SyncedFields(
    external_id=None,
    winbooks_id=WinBooksId("ada@example.org"),
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    language=Language.DUTCH,
    phone=None,
    is_active=False,
)
AFTER = attrs.evolve(
    BEFORE, external_id="E-1", phone=PhoneNumber("+32470123456"), is_active=True
)
PLAN = Plan(
    licence="WB-1",
    changes=(
        Update(user_id=UUID(int=7), version=3, before=BEFORE, after=AFTER),
        Create(after=AFTER, level=Level.ADMINISTRATOR),
    ),
    conflicts=(
        Finding(
            external_id=None,
            winbooks_id=None,
            reasons=(Reason("name.too_long", (("maximum", 100),), "last_name"),),
            place=9,
        ),
    ),
    kept=(
        Finding(
            external_id="E-2",
            winbooks_id=WinBooksId("grace@example.org"),
            reasons=(Reason("synchronisation.not_asked"),),
        ),
    ),
    held=(
        Finding(
            external_id="E-3",
            winbooks_id=WinBooksId("joan@example.org"),
            reasons=(Reason("synchronisation.locked_out"),),
        ),
    ),
    unchanged=5,
    partial=Reason("synchronisation.not_declared"),
    quarantine=(
        Reason(
            "synchronisation.too_many_deactivations",
            (("planned", 9), ("allowed", 3)),
        ),
    ),
)
EMPTY = Plan(licence="WB-1", changes=())

FILES = PlanFiles([bytes(range(32))])
dump, load = FILES.dump, FILES.load


def edited(**parts: object) -> str:
    """
    Return the file of a plan with parts of it replaced.
    """
    return json.dumps({**json.loads(dump(PLAN)), **parts})


class TestFile:
    """
    A plan can be mailed to the office and carried out the next day.
    """

    @pytest.mark.parametrize("plan", [PLAN, EMPTY], ids=["full", "empty"])
    def test_nothing_is_lost(self, plan: Plan) -> None:
        """
        What is read is what was written.
        """
        assert plan == load(dump(plan))

    def test_it_reads_as_text(self) -> None:
        """
        Other programs get the reasons as sentences too.
        """
        told = json.loads(dump(PLAN))["plan"]["kept"][0]["reasons"][0]

        assert "Deactivation was not asked for." == told["message"]

    def test_the_digest_is_in_the_file(self) -> None:
        """
        Two people on the phone can compare what they have.
        """
        assert digest(PLAN) == json.loads(dump(PLAN))["digest"]
        assert digest(PLAN) != digest(EMPTY)

    @pytest.mark.parametrize(
        "path,value",
        [
            (("changes", 0, "version"), 4),
            (("changes", 0, "after", "winbooks_id"), "eve@example.org"),
            (("changes", 1, "level"), "Power User"),
            (("quarantine",), []),
        ],
    )
    def test_an_edited_plan_is_refused(
        self, path: tuple[str | int, ...], value: object
    ) -> None:
        """
        What was reviewed is what is carried out.
        """
        content = json.loads(dump(PLAN))
        part = content["plan"]
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value

        with pytest.raises(Invalid) as caught:
            load(json.dumps(content))

        assert (PlanChanged(),) == caught.value.problems

    def test_a_digest_that_was_computed_again_does_not_help(self) -> None:
        """
        An edited plan made an Administrator: the format and the digest are known.

        [S33]
        """
        promoted = attrs.evolve(PLAN, changes=PLAN.changes[1:], quarantine=())
        theirs = PlanFiles([bytes(32)]).document(promoted)

        with pytest.raises(Invalid) as caught:
            load(
                json.dumps({**theirs, "signature": json.loads(dump(PLAN))["signature"]})
            )

        assert digest(promoted) == theirs["digest"]
        assert (PlanChanged(),) == caught.value.problems

    def test_keys_take_turns(self) -> None:
        """
        After a rotation the earlier key still recognises; without it nothing does.
        """
        rotated = PlanFiles([bytes(32), bytes(range(32))])

        assert PLAN == rotated.load(dump(PLAN))
        with pytest.raises(Invalid) as caught:
            load(rotated.dump(PLAN))
        assert (PlanChanged(),) == caught.value.problems

    @pytest.mark.parametrize("keys", [(), (bytes(31),), (bytes(32), bytes(31))])
    def test_a_key_is_long_enough(self, keys: tuple[bytes, ...]) -> None:
        """
        32 bytes, each of them.
        """
        with pytest.raises(ValueError, match="32 bytes"):
            PlanFiles(keys)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "7",
            "null",
            "{}",
            "[" * 100_000,
            dump(PLAN)[:-9],
            edited(format="something else"),
            edited(signature=None),
            edited(signature={}),
            json.dumps(dump(PLAN)),
            '{"format": 1, "plan": NaN}',
            edited(plan={}),
            edited(plan=[]),
            edited(plan={**json.loads(dump(PLAN))["plan"], "unchanged": "5"}),
            edited(plan={**json.loads(dump(PLAN))["plan"], "changes": [{}]}),
        ],
    )
    def test_what_is_no_plan_is_refused(self, text: str) -> None:
        """
        An attachment that was cut off, or is another file.
        """
        with pytest.raises(Invalid) as caught:
            load(text)

        assert (NotAPlan(),) == caught.value.problems

    @given(st.data())
    def test_no_letter_can_be_changed(self, data: st.DataObject) -> None:
        """
        A digit that flipped on the way is noticed, wherever it stands.
        """
        text = dump(PLAN)
        place = data.draw(
            st.sampled_from([at for at, each in enumerate(text) if each.isdigit()])
        )
        flipped = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]

        with pytest.raises(Invalid):
            load(flipped)
