"""
The sentences in English.
"""

from collections.abc import Mapping
from typing import Final

from . import Plural


__all__ = ["SENTENCES"]

SENTENCES: Final[Mapping[str, str | Plural]] = {
    # Fields
    "field.missing": "Fill in this field.",
    "field.not_text": "This field takes text.",
    "field.not_yes_or_no": "Tick this box or leave it empty.",
    "field.not_one_of": "Choose one of: {allowed}.",
    # Levels
    "level.user": "User",
    "level.power_user": "Power User",
    "level.administrator": "Administrator",
    "level.user.help": (
        "An entrepreneur: uses the digital products for his own dossiers"
        " and manages nobody."
    ),
    "level.power_user.help": (
        "An employee of the firm: creates and manages end customers"
        " within the dossiers that he can open himself."
    ),
    "level.administrator.help": (
        "An employee of the firm: manages every user of the licence,"
        " their levels, roles and dossiers."
    ),
    # Roles
    "role.connect_accountant.help": (
        "Use Connect as accountant and approve what the entrepreneur sent"
        " before it is processed."
    ),
    "role.view_admin.help": (
        "Administer View: create and change reports, structures and slideshows."
    ),
    "role.connect_entrepreneur.help": (
        "Use Connect as entrepreneur: hand in documents for the accountant."
    ),
    "role.view_user.help": "Consult the reports in View.",
    "role.not_for_staff": "{role} is a role for end customers, not for staff.",
    "role.not_for_end_customers": "{role} is a role for staff, not for end customers.",
    "role.incomplete_for_digital_products": (
        "Not ready for the digital products: {missing} is missing."
    ),
    # The creation form and its refusals
    "number.invalid": "Use letters, digits and . _ / - only, at most {maximum} characters.",
    "password.typed_and_generated": "Type a password or have one generated, not both.",
    "password.generation_not_allowed": "No password can be generated here: fill in the password of WinBooks on Web.",
    "password.wrong": "The password is not correct.",
    "dossier.required": "Choose at least one dossier.",
    "dossier.not_in_licence": "Dossier {number} is not in this licence.",
    "role.required": "Choose at least one role.",
    "winbooks_id.taken": "This WinBooks ID already exists.",
    "licence.not_found": "This licence is not registered.",
    "licence.registered_differently": "The licence was registered before with another value for {field}.",
    "user.not_found": "There is no such user here.",
    "user.saved_meanwhile": "Somebody else changed this user in the meantime. Look again before you save.",
    "request.reused": "This request number was already used for another request.",
    "authorization.not_active": "Your own account is not active.",
    "authorization.foreign_licence": "You have no rights in another licence.",
    "authorization.manages_nobody": "You may not create or manage users.",
    "authorization.end_customers_only": "A Power User creates and manages end customers only.",
    "authorization.other_dossiers": "You can only manage users within the dossiers that you can open yourself.",
    "authorization.level_above_own": "You cannot give a level above your own.",
    "winbooks_id.not_the_on_web_login": "This is not the login of a user of WinBooks on Web.",
    "password.not_the_on_web_password": "This is not the password of this user on WinBooks on Web.",
    "password.change_it_on_web_first": "This is the password of WinBooks on Web, and it does not keep to the Portal's rule. Change it on WinBooks on Web first.",
    "authorization.only_winbooks": "Only WinBooks registers licences.",
    "creation.mailed_while_inactive": "The mail says that the account is not active yet.",
    "creation.done_before": "This request was carried out before; the password is not shown again.",
    # Passwords
    "password.not_unicode": "The password has a broken character. Type it again.",
    "password.control_character": (
        "Leave out line breaks, tabs and other control characters."
    ),
    "password.unassigned_character": (
        "The password has a character that Unicode does not know. Leave it out."
    ),
    "password.too_short": Plural(
        "missing",
        "Use at least {minimum} characters: 1 more.",
        "Use at least {minimum} characters: {missing} more.",
    ),
    "password.too_long": "Use at most {maximum} characters.",
    "password.too_few_kinds": (
        "Use at least {needed} of these kinds: lower case letters, upper case"
        " letters, digits and special characters."
    ),
    # Password policies
    "password_policy.out_of_range": "{rule} lies between {least} and {most}.",
    "password_policy.minimum_above_maximum": (
        "The minimum length ({minimum}) is above the maximum length ({maximum})."
    ),
    "password_policy.alphabet_empty": "The alphabet has no characters.",
    "password_policy.alphabet_repeats": "The alphabet names a character twice.",
    "password_policy.alphabet_unusable": (
        "The alphabet has a character that no password has on its own."
    ),
    "password_policy.length_not_accepted": (
        "The length of a generated password lies between {minimum} and {maximum}."
    ),
    "password_policy.nothing_to_generate": (
        "No password of this length over this alphabet follows the rules."
    ),
    # The world is broken
    "unavailable": "This is not possible right now. Try again later.",
    "unavailable.storage_busy": (
        "The storage is busy; nothing was changed. Try again."
    ),
    "unavailable.outcome_unknown": (
        "The connection to the storage was lost while saving."
        " Repeat the request to find out whether it was saved."
    ),
    "unavailable.hasher_busy": "Too many requests at once; nothing was changed. Try again.",
    "unavailable.on_web": (
        "WinBooks on Web does not answer, so the login and password could not be"
        " checked. Try again later."
    ),
    "unavailable.mail": "The mail could not be sent now. It will be tried again.",
    "unavailable.mail_refused": "The mail was refused for good.",
    "unavailable.seal_broken": (
        "A sealed mail cannot be opened: its key is gone or it was altered."
    ),
}
