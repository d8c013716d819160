"""
Draw the life of a user from its table, into the page beside this file.
"""

from pathlib import Path
from typing import Final

from winbooks_identity.life_cycle import NOT_ON_WEB, TRANSITIONS, State, Step


PAGE: Final = Path(__file__).with_name("life-cycle.md")
BEGIN: Final = "<!-- Drawn by draw_life_cycle.py: begin -->\n"
END: Final = "<!-- Drawn by draw_life_cycle.py: end -->\n"


def drawing() -> str:
    """
    Return the table of the steps: a row for each, a column for each state.
    """
    lines = [
        "| step | " + " | ".join(state.value for state in State) + " | on Web users |",
        "|---" * (len(State) + 2) + "|",
    ]
    for step in Step:
        cells = [_cell(step, state) for state in State]
        on_web = "on on Web" if step in NOT_ON_WEB else "as all others"
        if step is Step.MOVE_TO_ON_WEB:
            on_web = "done"
        lines.append(f"| {step.label()} | {' | '.join(cells)} | {on_web} |")
    return "\n".join(lines) + "\n"


def redrawn(page: str) -> str:
    """
    Return *page* with the drawing as it is now.
    """
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{drawing()}\n{END}{tail}"


def _cell(step: Step, origin: State) -> str:
    targets = [
        each.target
        for each in TRANSITIONS
        if each.step is step and each.origin is origin
    ]
    return " or ".join(
        "stays" if target is origin else f"→ {target.value}" for target in targets
    )


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text("utf-8")), "utf-8")
