"""
Can a user end above where they started, by steps that they may take?

The space is small: two actors and a third person, three levels, active or not,
two dossiers, two licences.  So it is not sampled: all of it is searched.

Besides the actors there is an honest Administrator, H.  Once the third person has
signed in, H gives them whatever the rules let an Administrator give: who made them, or
reset their password, must not reach that.  [S5]
"""

from .search import Exploit, Rules, assert_no_escalation, find_escalation


__all__ = ["Exploit", "Rules", "assert_no_escalation", "find_escalation"]
