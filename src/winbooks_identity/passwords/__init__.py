"""
Which passwords does the Portal accept, and how are they made, measured and compared?

`Password` is the secret, `PasswordPolicy` the rule; everything else in this
package is reached through the policy's methods.
"""

from .judge import PasswordJudge
from .password import Password
from .policy import PasswordPolicy


__all__ = ["Password", "PasswordJudge", "PasswordPolicy"]
