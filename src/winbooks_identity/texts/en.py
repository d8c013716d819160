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
    "field.flag_expected": "Yes or no is expected.",
    "field.not_one_of": "Choose one of: {allowed}.",
    "field.not_possible": "Fill in another value here.",
    "field.hidden_character": "This field contains an invisible character. Type it again instead of pasting it.",
    "field.masked": "This is a placeholder for a password. Type the password itself.",
    # WinBooks ID
    "winbooks_id.too_long": "A WinBooks ID has at most {maximum} characters.",
    "winbooks_id.no_at_sign": (
        "A WinBooks ID is an e-mail address: an @ sign is missing."
    ),
    "winbooks_id.nothing_before_at": "Fill in what comes before the @ sign.",
    "winbooks_id.nothing_after_at": "Fill in what comes after the @ sign.",
    "winbooks_id.forbidden_character": (
        "This address contains a character that an e-mail address cannot have, such"
        " as a blank or a second @ sign."
    ),
    "winbooks_id.misplaced_dot": (
        "A dot in this address is misplaced: no dot at the start, at the end, next"
        " to the @ sign or after another dot."
    ),
    "winbooks_id.display_name": (
        "Fill in the address only, without a name or angle brackets."
    ),
    "winbooks_id.local_part_too_long": (
        "At most {maximum} characters can come before the @ sign."
    ),
    "winbooks_id.non_ascii_local_part": (
        "Before the @ sign only letters without accents are possible."
    ),
    "winbooks_id.curved_apostrophe": (
        "Type a straight apostrophe (') before the @ sign, not a curved one."
    ),
    "winbooks_id.long_dash": "Type a plain hyphen (-), not a dash.",
    "winbooks_id.invisible_character": (
        "This address contains an invisible character; type it again instead of"
        " pasting it."
    ),
    "winbooks_id.quoted_local_part": (
        "Quotation marks are not possible before the @ sign."
    ),
    "winbooks_id.encoded_word": (
        "The signs =? and ?= are not possible before the @ sign."
    ),
    "winbooks_id.routing_character": (
        "The signs % and ! are not possible before the @ sign."
    ),
    "winbooks_id.domain_too_long": (
        "After the @ sign at most {maximum} characters are possible, and at most"
        " {maximum_between_dots} between two dots."
    ),
    "winbooks_id.misplaced_hyphen": (
        "A hyphen after the @ sign is misplaced: none next to a dot, to the @ sign"
        " or at the end."
    ),
    "winbooks_id.no_top_level_domain": (
        "After the @ sign comes a full domain, such as office.be."
    ),
    "winbooks_id.special_use_domain": (
        "No mail arrives at this domain: fill in a public e-mail address."
    ),
    "winbooks_id.domain_literal": (
        "After the @ sign comes a name such as office.be, not a number in brackets."
    ),
    "winbooks_id.invalid_domain": (
        "The domain after the @ sign cannot exist; check its spelling."
    ),
    "winbooks_id.not_an_address": "This is not an e-mail address.",
    "winbooks_id.not_canonical": (
        "This WinBooks ID was not stored in its canonical spelling."
    ),
    # Names
    "name.too_long": "At most {maximum} characters are possible here.",
    "name.forbidden_character": "A name cannot have this sign: {characters}",
    "name.backtick": "Type an apostrophe (') in the place of ` or ´.",
    "name.invisible_character": (
        "This name contains an invisible or unknown character; type it again"
        " instead of pasting it."
    ),
    "name.misplaced_mark": (
        "An accent in this name stands without its letter, or there are too many of"
        " them on one letter."
    ),
    "name.no_letter": "A name has at least one letter.",
    "name.no_letter_or_digit": "A company name has at least one letter or digit.",
    "name.not_canonical": "This name was not stored in its canonical spelling.",
    # Phone numbers
    "phone.too_long": "A phone number has at most {maximum} characters.",
    "phone.forbidden_character": (
        "A phone number consists of digits; only blanks and + ( ) . / - may stand"
        " between them."
    ),
    "phone.not_international": (
        "Fill in the phone number with its country code, such as +32 2 123 45 67."
    ),
    "phone.wrong_length": (
        "A phone number with its country code has {minimum} to {maximum} digits."
    ),
    "phone.not_possible": "No phone number looks like this; check it.",
    "phone.not_canonical": (
        "This phone number was not stored in its canonical spelling."
    ),
    # Levels
    "level.user": "User",
    "level.power_user": "Power User",
    "level.administrator": "Administrator",
    "level.user.help": "An entrepreneur: uses the digital products for their own dossiers and manages no one.",
    "level.power_user.help": "An employee of the firm: creates and manages end customers within the dossiers that this employee can open.",
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
        "Not ready for the digital products; missing: {missing}."
    ),
    # The creation form and its refusals
    "number.invalid": "Use letters, digits and . _ / - only, at most {maximum} characters.",
    "password.typed_and_generated": "Type a password or have one generated, not both.",
    "password.generation_not_allowed": "No password can be generated here: fill in the password of WinBooks on Web.",
    "password.wrong": "The password is not correct.",
    "dossier.required": "Choose at least one dossier.",
    "dossier.not_in_licence": "Dossier {number} is not in this licence.",
    "role.required": "Choose at least one role.",
    "winbooks_id.held_back_until": "This WinBooks ID was another person's until recently, and is given to no one else before {date}.",
    "winbooks_id.held_back": "This WinBooks ID was another person's until recently, and is not given away yet.",
    "winbooks_id.taken": "This WinBooks ID already exists.",
    "licence.not_found": "This licence is not registered.",
    "licence.registered_differently": "The licence was registered before with other data: {field}.",
    "licence.field.product": "product",
    "licence.field.holder": "holder",
    "licence.field.language": "language",
    "licence.field.dossiers": "dossiers",
    "user.not_found": "There is no such user here.",
    "user.saved_meanwhile": "Someone else changed this user in the meantime. Look at the data again before you save.",
    "request.reused": "This request number was already used for another request.",
    "authorization.not_active": "Your own account is not active.",
    "authorization.foreign_licence": "You have no rights in another licence.",
    "authorization.manages_nobody": "You may not create or manage users.",
    "authorization.end_customers_only": "A Power User creates and manages end customers only.",
    "authorization.other_dossiers": "You can only manage users within the dossiers that you can open yourself.",
    "authorization.invalid_operator": "The name of the operator is one line of 1 to {maximum} characters.",
    "authorization.own_password": (
        "You cannot reset your own password here. Change it, with the current one."
    ),
    "authorization.level_above_own": "You cannot give a level above your own.",
    "winbooks_id.not_the_on_web_login": "This is not the login of a user of WinBooks on Web.",
    "password.not_the_on_web_password": "This is not the password of this user on WinBooks on Web.",
    "password.change_it_on_web_first": "This is the password of WinBooks on Web, and it does not keep to the Portal's rule. Change it on WinBooks on Web first.",
    "authorization.only_winbooks": "Only WinBooks registers licences.",
    "authorization.only_outside": "Only WinBooks and the distributor change licences and their dossiers.",
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
    "password.too_few_lower": Plural(
        "minimum",
        "Use at least {minimum} lower case letter.",
        "Use at least {minimum} lower case letters.",
    ),
    "password.too_few_upper": Plural(
        "minimum",
        "Use at least {minimum} upper case letter.",
        "Use at least {minimum} upper case letters.",
    ),
    "password.too_few_digits": Plural(
        "minimum",
        "Use at least {minimum} digit.",
        "Use at least {minimum} digits.",
    ),
    "password.too_few_special": Plural(
        "minimum",
        "Use at least {minimum} special character.",
        "Use at least {minimum} special characters.",
    ),
    "password.too_many_lower": Plural(
        "maximum",
        "Use at most {maximum} lower case letter.",
        "Use at most {maximum} lower case letters.",
    ),
    "password.too_many_upper": Plural(
        "maximum",
        "Use at most {maximum} upper case letter.",
        "Use at most {maximum} upper case letters.",
    ),
    "password.too_many_digits": Plural(
        "maximum",
        "Use at most {maximum} digit.",
        "Use at most {maximum} digits.",
    ),
    "password.too_many_special": Plural(
        "maximum",
        "Use at most {maximum} special character.",
        "Use at most {maximum} special characters.",
    ),
    "password.character_not_allowed": ("Use only these characters: {allowed}"),
    "password.character_forbidden": ("Leave out these characters: {forbidden}"),
    "password.run_too_long": Plural(
        "maximum",
        "Do not repeat a character.",
        "Use no character more than {maximum} times in a row.",
    ),
    "password.forbidden_word": (
        "The password contains a word that may not occur in it."
    ),
    "password.denied": (
        "This password is on the list of refused passwords. Choose another one."
    ),
    "password.too_weak": (
        "This password is too easy to guess. Make it longer, with words that do not belong together."
    ),
    "password.personal_words": "This password relies on your own details, such as your name, address or company. Use at least {needed} different characters besides them.",
    "password.common_words": "This password relies on words or years that everybody tries first. Use at least {needed} different characters besides them.",
    "password.personal_word_found": "This password contains a part of your own details, such as your name, address or company. Choose one without it.",
    "password.common_word_found": "This password contains a word or year that is tried first. Choose one without such words.",
    "password.breached": (
        "This password has leaked somewhere and is tried first by attackers. Choose another one."
    ),
    "password.breach_unknown": (
        "It cannot be checked now whether this password has leaked. Try again later."
    ),
    "password.no_leaked_passwords": "Every password has to be looked up among leaked ones, and no list of those was given. Those who run this application have to give one, on the command line with --breached.",
    # Password policies
    "password_policy.out_of_range": "{rule} lies between {least} and {most}.",
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
    "password_policy.character_unusable": (
        "{rule} names a character that no password has on its own, or an empty word."
    ),
    "password_policy.rules_clash": (
        "No password can follow these rules together: {rules}."
    ),
    "password_policy.too_large": (
        "These rules together are too large for an exact answer (more than {most} steps)."
    ),
    "password_policy.unknown_word_list": (
        "{rule} names a list that does not exist; there are: {known}."
    ),
    "password_policy.unknown_rule": ("There is no rule {rule}."),
    "password_policy.wrong_type": ("{rule} takes {expected}."),
    "password_policy.type.integer": "a whole number",
    "password_policy.type.string": "text",
    "password_policy.type.list_of_strings": "a list of texts",
    "password_policy.type.boolean": "true or false",
    "password_policy.text_too_long": "A written policy has at most {most} characters, most of them in lists of words.",
    "password_policy.rollout_order": "In a rollout, {later} does not come before {earlier}.",
    "password_policy.rollout_in_a_rollout": "The policy before a rollout has no rollout itself.",
    "password_policy.type.date": "a day, such as 2027-01-31",
    "password_policy.type.table": "a table",
    "password_policy.unreadable": "This is not valid {notation} in UTF-8.",
    # Letters
    "letter.weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "letter.months": (
        "January February March April May June July"
        " August September October November December"
    ),
    "letter.instant": "{weekday} {day} {month} {year} at {hour}:{minute} (Belgian time)",
    "letter.sender": "WinBooks Portal",
    "letter.greeting": "Hello,",
    "letter.inactive": (
        "Your WinBooks ID is not active yet. You can sign in as soon as {company}"
        " activates your access."
    ),
    "letter.winbooks_id": "WinBooks ID",
    "letter.password": "Password",
    "letter.valid": "Valid until",
    "letter.row": "{label}:\n    {value}",
    "letter.on_web": (
        "Sign in with the password that you already use for WinBooks on Web."
    ),
    "letter.sign_in": "Sign in to the Portal",
    "letter.link": "Does the button not work? Open this address:",
    "letter.secrecy": (
        "Keep this password to yourself: no one at WinBooks will ever ask you for it."
    ),
    "letter.reason": (
        "You receive this e-mail because {company} registered your address. If you do"
        " not know {company}, you may delete it."
    ),
    "letter.automatic": ("This message was sent automatically; replies are not read."),
    "letter.credentials.subject": "Your WinBooks ID for the Portal",
    "letter.credentials.title": "Your WinBooks ID has been created",
    "letter.credentials.introduction": (
        "{company} has created a WinBooks ID for you. It is your personal key to the"
        " Portal, and it links the WinBooks products that you use."
    ),
    "letter.credentials.remark": (
        "When you sign in for the first time, you choose a new password of your own."
    ),
    "letter.reset.subject": "Your new password for the Portal",
    "letter.reset.title": "Your password has been reset",
    "letter.reset.introduction": "{company} has set a new password for your WinBooks ID. The earlier one no longer works.",
    "letter.reset.remark": "The next time you sign in, you choose a new password of your own.",
    "letter.set_password.subject": "Choose your password for the Portal",
    "letter.set_password.title": "Choose your password",
    "letter.set_password.introduction": "With the link below you choose the password of your WinBooks ID at {company} yourself.",
    "letter.set_password.remark": "The link works once. Until you have chosen, nothing changes.",
    "letter.set_password.button": "Choose a password",
    "letter.set_password.reason": "You did not ask for this? Then you may delete this e-mail: your present password stays.",
    "letter.confirm_id.subject": "Confirm your new WinBooks ID",
    "letter.confirm_id.title": "Confirm your new WinBooks ID",
    "letter.confirm_id.introduction": "{company} wants to use this e-mail address as your WinBooks ID from now on.",
    "letter.confirm_id.remark": "Until you confirm, you sign in with your present WinBooks ID. After that, enter the new one in the WinBooks products that you use.",
    "letter.confirm_id.button": "Confirm this address",
    "letter.confirm_id.reason": "You do not know {company}? Then you may delete this e-mail: nothing changes.",
    "letter.id_change.subject": "Your WinBooks ID is going to change",
    "letter.id_change.title": "Your WinBooks ID is going to change",
    "letter.id_change.introduction": "{company} asked to replace your WinBooks ID by another e-mail address. The change counts once that address is confirmed.",
    "letter.id_change.remark": "You do not expect this? Then tell {company} at once: the change can still be withdrawn.",
    "letter.id_change.reason": "You receive this e-mail because this address is your WinBooks ID until now.",
    "letter.changed_at": "Changed",
    "letter.changed_password.subject": "The password of your WinBooks ID was changed",
    "letter.changed_password.title": "Your password was changed",
    "letter.changed_password.introduction": "The password of your WinBooks ID at {company} was changed. The earlier one no longer works.",
    "letter.changed_password.remark": "You did not expect this? Then tell {company} at once.",
    "letter.changed_password.reason": "You receive this e-mail because this address is your WinBooks ID.",
    "letter.changed_on_web.subject": "You now sign in with the password of WinBooks on Web",
    "letter.changed_on_web.title": "Your password is that of WinBooks on Web",
    "letter.changed_on_web.introduction": "{company} works with WinBooks on Web from now on. Your WinBooks ID stays; sign in with the password that you use in WinBooks on Web. The earlier one no longer works.",
    "letter.changed_on_web.remark": "You did not expect this? Then tell {company} at once.",
    "letter.changed_on_web.reason": "You receive this e-mail because this address is your WinBooks ID.",
    "letter.changed_winbooks_id.subject": "Your WinBooks ID was changed",
    "letter.changed_winbooks_id.title": "Your WinBooks ID was changed",
    "letter.changed_winbooks_id.introduction": "{company} replaced your WinBooks ID by another e-mail address. You no longer sign in with the one below.",
    "letter.changed_winbooks_id.remark": "You did not expect this? Then tell {company} at once.",
    "letter.changed_winbooks_id.reason": "You receive this e-mail because this address was your WinBooks ID.",
    # Advice on weak passwords
    "password_advice.row_of_keys": ("A row of keys is easy to guess."),
    "password_advice.keyboard_pattern": (
        "Short patterns on the keyboard are easy to guess; take a longer one with more turns."
    ),
    "password_advice.repeats": ("Repeated words and characters add next to nothing."),
    "password_advice.sequences": "Sequences such as “abc” or “6543” are easy to guess.",
    "password_advice.years": ("Avoid recent years and years that have to do with you."),
    "password_advice.dates": (
        "Dates are easy to guess, above all those that have to do with you."
    ),
    "password_advice.common_password": (
        "This is one of the passwords that are used most."
    ),
    "password_advice.similar_to_common": (
        "This looks like a password that is used a lot."
    ),
    "password_advice.single_word": ("One word alone is easy to guess."),
    "password_advice.names": ("First names and last names are easy to guess."),
    "password_advice.few_words": (
        "Take a few words that do not belong together, not a known phrase."
    ),
    "password_advice.another_word": ("Add a word or two; uncommon words are better."),
    "password_advice.capitals": (
        "A capital at the start, or capitals everywhere, help little."
    ),
    "password_advice.reversed": ("A word spelled backwards is hardly harder to guess."),
    "password_advice.substitutions": "Signs in the place of letters, such as “@” for “a”, help little.",
    # Audits of password policies
    "password_audit.min_length": ("At least {needed} characters."),
    "password_audit.max_length": ("At least {needed} characters are permitted."),
    "password_audit.no_composition": ("No kinds of characters are required."),
    "password_audit.kinds": ("At least {needed} kinds of characters."),
    "password_audit.blocklist": ("Common and leaked passwords are refused."),
    "password_audit.context_words": ("Words of the firm and its products are refused."),
    "password_audit.no_dictionary_words": "Besides the dictionary words of the lists there are at least {needed} different characters.",
    "password_audit.accepted": "Accepted, for example: {password}",
    "password_audit.accepted_for": "Accepted for {person}, for example: {password}",
    "password_audit.personal_words": ("No part of the user’s name."),
    "password_audit.all_characters": (
        "All printing characters and spaces of Unicode are accepted."
    ),
    "password_audit.normalised": ("The text is normalised (NFC) and never cut."),
    "password_audit.no_periodic_change": ("No change is asked for without a reason."),
    "password_audit.limited_attempts": ("The number of attempts is limited."),
    "password_audit.second_factor": ("A second factor is asked for."),
    "password_audit.compensation.no_composition": (
        "Required kinds conflict with this clause, which therefore cannot be claimed. Length, strength and refused words compensate: every generated password meets both."
    ),
    "password_audit.compensation.min_length": (
        "A second factor, or a longer minimum, compensates; generated passwords have 16 characters."
    ),
    # Provisioning files
    "provisioning_file.not_toml": "This is not TOML, from column {column} on. Text stands in straight quotes, and so do numbers of licences, dossiers and phones.",
    "provisioning_file.not_utf_8": "This file is not saved as UTF-8. Save it again in that encoding.",
    "provisioning_file.unknown_table": (
        "There is no table {name} in a provisioning file; the nearest is {nearest}."
    ),
    "provisioning_file.unknown_field": (
        "There is no field {name} here; the nearest is {nearest}."
    ),
    "provisioning_file.not_one_table": "Write [{name}], once.",
    "provisioning_file.not_tables": "Write [[{name}]], once for each.",
    "provisioning_file.not_quoted": "Put the value between quotes: it is text.",
    "provisioning_file.same_winbooks_id": (
        "This WinBooks ID stands in this file already, at line {first_line}."
    ),
    "provisioning_file.same_dossier": (
        "This dossier stands in this file already, at line {first_line}."
    ),
    "provisioning_file.undeclared_dossier": (
        "Dossier {number} has no [[dossier]] in this file."
    ),
    # The command line
    "cli.not_installed": (
        "The command line needs more packages. Run: pip install"
        " 'winbooks-identity[cli]'"
    ),
    "cli.interrupted": "Interrupted.",
    "cli.no_on_web_connection": (
        "The command line has no connection to WinBooks on Web, so it cannot"
        " check these logins and passwords. Create the users of this licence"
        " with the product, or synchronise them."
    ),
    # The command line: wrong usage
    "cli.usage.unknown_option": "There is no such option; the nearest is {nearest}.",
    "cli.usage.unknown_command": "There is no such command. Choose one of: {commands}.",
    "cli.usage.too_much": (
        "There is an argument too many. If it was a password: the shell"
        " keeps it in its history now. Passwords are asked for, or read from"
        " standard input."
    ),
    "cli.usage.missing": "{name} is missing.",
    "cli.usage.wrong_value": "{name} does not take this value.",
    "cli.usage.repeated": "Give {name} once.",
    "cli.usage.wrong": "These arguments do not belong together.",
    "cli.usage.one_destination": "Give --mail-dir or --smtp-host, not both.",
    "cli.usage.no_destination": "Say where the mails go: --mail-dir or --smtp-host.",
    "cli.usage.key_in_use": "The key {id} is in use. Put a new one in front first: winbooks-identity key rotate.",
    "cli.usage.no_such_key": "One of these keys is not in the file. The command key list shows which are.",
    "cli.usage.which_mails": "Name the mails by their ids, or by --reason, or take --all.",
    "cli.usage.no_such_mail": "One of these ids belongs to no such mail, or to several. The command mail list shows them.",
    "cli.usage.no_sender": "Mails will be written: give --sender and --portal-url.",
    "cli.usage.wrong_sender": (
        "--sender takes an e-mail address, --portal-url an address with https://."
    ),
    "cli.usage.unsafe_smtp": (
        "Without encryption, mails go to a server on"
        " this machine only; and --smtp-user goes with --smtp-password-file."
    ),
    "cli.usage.wrong_address": "A database is the path of a SQLite file, or an address that begins with postgresql://.",
    "cli.usage.password_in_address": "A password does not belong in the address of the database: others could read it. Leave it to PGPASSWORD, to the file .pgpass or to a service file.",
    "cli.usage.no_key_file": "With PostgreSQL, say where the keys are: --key-file or WINBOOKS_IDENTITY_KEY_FILE. The command key create makes them.",
    "cli.usage.no_token_file": "With PostgreSQL, say where the tokens are: --tokens or WINBOOKS_IDENTITY_SCIM_TOKENS.",
    "cli.usage.no_such_token": "There is no token with this id. The command scim token list shows which are.",
    "cli.usage.token_not_seen": "A token is shown once, and no one would see it here. To write it to a file or another program, add --show-token.",
    "cli.usage.no_one": "Name users by their WinBooks IDs, or in a file with --from.",
    "cli.usage.on_or_off": "Say --on or --off.",
    "cli.usage.no_grants": "Name what it is about: --dossier, --dossiers-of or --role.",
    "cli.usage.no_details": "Name what is to be corrected, for example --last-name.",
    "cli.usage.erase": "Erasing cannot be undone. Look with --dry-run, then add --yes.",
    "cli.usage.one_password": "A typed password is for one user; take --generate-password for several.",
    "cli.usage.new_id": "Name the present WinBooks ID and the new one.",
    "cli.usage.no_link_page": "A mail with a link needs --sender, --portal-url and --page.",
    "cli.usage.wrong_link_page": "--sender takes an e-mail address; --portal-url and --page begin with https://.",
    "cli.usage.wrong_times": "Each time is a number of days, one or more; requests are kept no longer than the history.",
    "cli.usage.backup_of_server": "A PostgreSQL database is copied by its own tool, pg_dump.",
    "cli.database.backed_up": "The copy is in {path}. The keys are not in it: keep them in another place.",
    "cli.column.kept": "Kept",
    "cli.column.removed": "Removed",
    "cli.column.due": "Due",
    "cli.kept.failed_attempts": "failed attempts",
    "cli.kept.mails": "mails that are over",
    "cli.kept.requests": "request ids",
    "cli.kept.history": "history",
    "cli.housekeeping.done": "What was kept for long enough is gone.",
    "cli.database.upgraded": ("The tables are up to date."),
    "cli.database.usable": Plural(
        "number",
        "The database and its keys can be used; it has {number} licence.",
        "The database and its keys can be used; it has {number} licences.",
    ),
    "cli.key.in_use": "{id}  in use, made on {day}",
    "cli.key.opens": "{id}  only opens what it sealed, made on {day}",
    "cli.key.needed": Plural(
        by="number",
        one="1 mail that is kept may need it",
        other="{number} mails that are kept may need it",
    ),
    "cli.key.day_unknown": "an unknown day",
    "cli.scim.listening": "Identity providers are answered at {url}. Ctrl-C ends it.",
    "cli.scim.no_tls": "This address can be reached from outside, and HTTP is not encrypted: put a proxy with TLS in front, and name it with --proxy.",
    "cli.scim.cannot_listen": "The server cannot listen there: the address is not one of this machine, or the port is in use.",
    "cli.scim.shown_once": "Copy this token now: it is not shown again.",
    "cli.scim.revoked": "The token {id} has ended.",
    "cli.scim.none": "There is no token.",
    "cli.scim.never": "never",
    "cli.scim.id": "Id",
    "cli.scim.licence": "Licence",
    "cli.scim.client": "Client",
    "cli.scim.expires_at": "Ends",
    "cli.usage.help": "More: {command} --help",
    "cli.usage.unknown_revision": "Git knows no such revision here: see --against.",
    "cli.usage.no_such_revision": "A policy in a Git revision is git:REVISION:PATH, such as git:main:policy.toml.",
    "cli.usage.no_day": "--on takes a day, such as 2027-01-31.",
    "cli.usage.no_such_policy": "A policy is a .toml or .json file, or one of: {names}.",
    # The command line: help
    "cli.help.program": "Provision WinBooks IDs: users, their passwords and their mails.",
    "cli.help.usage": "Usage: {usage}",
    "cli.help.commands": "Commands",
    "cli.help.arguments": "Arguments",
    "cli.help.parameters": "Options",
    "cli.help.mail": "Mail",
    "cli.help.filters": "Filters",
    "cli.help.output": "Output",
    "cli.help.choices": "[choices: {values}]",
    "cli.help.default": "[default: {value}]",
    "cli.help.required": "[required]",
    "cli.help.exit_codes": "Exit codes: 0 done; 1 refused or invalid; 2 wrong usage; 69 something needed is unavailable; 75 partly done, try again; 130 interrupted.",
    "cli.help.exit_codes_of_diff": "Exit codes: 0 equal; 1 stricter; 2 looser; 3 incomparable; 64 wrong usage; 65 a policy is invalid or too large; 69 a file is unavailable; 130 interrupted.",
    # The command line: what stands for a value
    "cli.placeholder.shell": "SHELL",
    "cli.placeholder.command": "COMMAND",
    "cli.placeholder.options": "OPTIONS",
    "cli.placeholder.args": "ARGUMENTS",
    "cli.placeholder.path": "PATH",
    "cli.placeholder.address": "ADDRESS",
    "cli.placeholder.str": "TEXT",
    "cli.placeholder.int": "NUMBER",
    "cli.placeholder.choice": "CHOICE",
    "cli.placeholder.file": "FILE",
    "cli.placeholder.files": "FILES",
    "cli.placeholder.source": "SOURCE",
    "cli.placeholder.policy": "POLICY",
    "cli.placeholder.old": "OLD",
    "cli.placeholder.new": "NEW",
    "cli.placeholder.standard": "STANDARD",
    "cli.placeholder.winbooks_id": "WINBOOKS_ID",
    "cli.placeholder.whom": "WINBOOKS_IDS",
    "cli.placeholder.number": "NUMBER",
    "cli.placeholder.name": "NAME",
    "cli.placeholder.holder": "FIRM",
    "cli.placeholder.ids": "IDS",
    "cli.placeholder.mail_id": "ID",
    "cli.placeholder.token_id": "ID",
    # The command line: commands
    "cli.command.help": "Show this help.",
    "cli.command.version": "Show the version.",
    "cli.command.provision": "Make an office what its file says.\n\nThe whole file is checked first, and every problem is shown with its line. What is there already stays as it is, unless --apply-changes is given; --dry-run shows what would change. Running it again is safe.",
    "cli.command.user": "Make users, show them, and change what they may.",
    "cli.command.user.create": "Create one user; what is missing is asked for.\n\nA password that is not generated is asked for on a terminal; otherwise it is the first line of standard input. It is never an argument.",
    "cli.command.user.list": "List the users of a licence.",
    "cli.command.user.show": "Show one user, field by field.",
    "cli.command.user.edit": "Correct names, company, phone or language; rights stay.\n\nwinbooks-identity user edit an@office.example --last-name Maes",
    "cli.command.user.activate": "Let users sign in, for the first time or again.\n\nWho is active already stays so.",
    "cli.command.user.deactivate": "Keep users from signing in; everything else stays.\n\nMails with a password or a link to them are withdrawn.",
    "cli.command.user.change-level": "Give users another level.\n\nwinbooks-identity user change-level an@office.example --to Administrator",
    "cli.command.user.grant": "Give users dossiers and roles, besides those that they have.\n\nwinbooks-identity user grant an@office.example --dossier KORENAAR --role Connect.Accountant",
    "cli.command.user.revoke": "Take dossiers, with their notices, and roles away from users.\n\nAll that is named goes at once, or nothing does.",
    "cli.command.user.notify": "Switch the notices for all dossiers of users on or off.",
    "cli.command.user.reset-password": "Give users another password, which they change at their first sign-in.\n\nA password that is not generated is asked for on a terminal; otherwise it is the first line of standard input. It is never an argument.",
    "cli.command.user.send-link": "Mail users a link by which they choose a password themselves.\n\nThe mail waits in the database and goes out with deliver.",
    "cli.command.user.change-id": "Let users have another WinBooks ID, once its address is confirmed.\n\nBoth addresses get a mail. On each line of a file for --from, the new ID stands behind the present one and a semicolon. With --confirmed the ID changes at once, and the earlier address is told.",
    "cli.command.user.withdraw-id": "Let go of the WinBooks IDs that wait for their confirmation.",
    "cli.command.user.unlock": "Let users try again at once, after too many attempts.\n\nThe limits end by themselves, after a quarter of an hour to a day; ask who is calling before you end them.",
    "cli.command.user.erase": "Erase users and all that is kept of them.\n\nThat something happened stays, without a name. It cannot be undone: look with --dry-run, then add --yes.",
    "cli.command.user.export": "Show all that is kept of users, as JSON, for the people themselves.",
    "cli.command.user.history": "Show what happened to users, and who did it.\n\nAn erased user is named by the internal key that user show shows.",
    "cli.command.user.explain": "Say why users can open a dossier or the digital products, or what is missing.",
    "cli.command.deliver": "Deliver the mails that wait.",
    "cli.command.sync": "Make the users of an on Web licence follow licence management.\n\nWithout --apply the plan is shown and nothing changes. With --json it can be saved, mailed, and carried out later from its file.",
    "cli.command.collisions": "Find accounts of a table that would share a WinBooks ID, or seem to.\n\nOn each line stand what the account is called and its address, or the address alone; the separator is a semicolon, a comma or a tab. Nothing is merged. The exit code is 1 if there are twins: two accounts that cannot both stay.",
    "cli.command.licence.close-dossier": "Remove a dossier; access to it and its notices go.\n\nEnd customers whose only dossier it is are deactivated. Look with --dry-run first.",
    "cli.command.licence.move-to-on-web": "Make a WinBooks Classic licence one of WinBooks on Web.\n\nUsers keep their ID, rights and history. Staff with an active login in the export sign in with the password of WinBooks on Web from then on, and get a mail; others keep theirs, until you repeat the command with an export that has them. Look with --dry-run first.",
    "cli.command.licence.rename-dossier": "Give a dossier another name; access to it stays.",
    "cli.command.licence.add-dossier": "Add a dossier to a licence.",
    "cli.command.licence.rename": "Give the holder of a licence another name.\n\nUsers keep the company that they were made with.",
    "cli.command.licence.show": "Show a licence and its dossiers.",
    "cli.command.licence.list": "List the licences.",
    "cli.command.licence": "Show licences, and change their names and dossiers.",
    "cli.command.password": "Generate and check passwords.",
    "cli.command.password.generate": "Generate a password that the Portal accepts.\n\nIt is drawn uniformly from all that are accepted, without look-alikes.",
    "cli.command.password.check": "Say whether the Portal accepts a password, and if not, why.\n\nIt is asked for on a terminal; otherwise it is the first line of standard input. It is never an argument.",
    "cli.command.password.index-leaks": "Make a file for --breached from a list of leaked passwords.\n\nThe list is text, a SHA-1 on each line with a count or without, as such lists can be downloaded. It may be larger than the memory.",
    "cli.command.policy": "Show, compare and audit password policies.",
    "cli.command.policy.show": "Show the rules of a policy.",
    "cli.command.policy.diff": "Say what a new policy is, seen from the old one.\n\nThe answer is exact, not sampled. Rules that take an estimate or a look-up cannot be compared password by password: they count by asking for more or for less.",
    "cli.command.policy.gate": "Refuse changes of policy files that are not allowed; for a hook.\n\nEach file is compared with itself in a Git revision, and a new one with the Portal's policy. The exit code is 1 if a change is not allowed.",
    "cli.command.policy.audit": "Hold a policy against a standard, clause by clause.\n\nThe exit code is 1 if a clause is not met.",
    "cli.command.policy.impact": "Say what a new policy means for the passwords that are stored.\n\nNo password is needed for it: each is stored with the fingerprint of the policy that accepted it. All licences are counted, unless you choose one with --licence or --as.",
    "cli.command.mail": "Look after the mails: which wait, which were given up, and why.",
    "cli.command.mail.list": "List the mails that wait or were given up, the latest first.",
    "cli.command.mail.show": "Show one mail, field by field; never its content.",
    "cli.command.mail.retry": "Let mails that wait for another try, or were given up, be tried at once.\n\nThe content of a mail that was given up is kept until a week after it expired; one that has expired is not sent again.",
    "cli.command.mail.discard": "Withdraw mails that wait or were given up. Their content is erased, so they are never sent.",
    "cli.command.mail.hold": "Stop every mail that waits, as after a restore.\n\nmail list shows them, mail retry lets them go, mail discard withdraws them.",
    "cli.command.key": "Make, list and replace the keys that seal the mails.",
    "cli.command.key.create": "Make a file with one new key.",
    "cli.command.key.list": "List the keys of a file, the one in use first. No key is shown, only its id.",
    "cli.command.key.rotate": "Put a new key in front. The old ones still open what they sealed.\n\nThe file keeps its owner, its mode and its place; restart the programs that read it, the ones that deliver mails first.",
    "cli.command.key.remove": "Remove old keys from a file.\n\nWhat they sealed can no longer be opened: first wait until no mail is left from before the rotation.",
    "cli.command.metrics": "Write how the mails are doing, for Prometheus: waiting, age, given up by reason, last success.",
    "cli.command.completion": "Write what lets a shell complete commands and options.",
    "cli.command.database": "Look after the database.",
    "cli.command.database.backup": "Copy a SQLite file while others work with it. The keys are not in the copy.",
    "cli.command.database.check": "Say whether the database and its keys can be used; nothing is changed.",
    "cli.command.database.housekeep": "Remove what was kept for long enough, in small steps while others work. Run it each night.",
    "cli.command.database.upgrade": "Bring the tables of the database up to date; in PostgreSQL, make them too.",
    "cli.command.scim": "Let identity providers such as Entra ID and Okta provision offices.",
    "cli.command.scim.serve": "Answer identity providers that speak SCIM 2.0.\n\nThe server speaks HTTP: a proxy in front of it adds TLS. It ends with Ctrl-C or SIGTERM, when the requests in hand are done.",
    "cli.command.scim.token": "Make, list, replace and end the tokens of identity providers.",
    "cli.command.scim.token.create": "Make a token, by which an identity provider provisions one licence.\n\nIt is shown once: only a digest is kept.",
    "cli.command.scim.token.list": "List the tokens. No token is shown, only its id.",
    "cli.command.scim.token.rotate": "Make a token in place of another one.\n\nThe other one stays good for a while, so that the identity provider can be told in between.",
    "cli.command.scim.token.revoke": "End a token at once.",
    # The command line: options
    "cli.option.database": "The SQLite file that everything is kept in, or postgresql://... without a password. Also WINBOOKS_IDENTITY_DATABASE.",
    "cli.option.keep_failed_attempts": "Days for which failed sign-ins are kept, with where they came from.",
    "cli.option.keep_mails": "Days for which mails are kept that were sent, given up or withdrawn.",
    "cli.option.keep_requests": "Days for which a repeated creation returns its user.",
    "cli.option.keep_history": "Days for which the history is kept; the last event of a user who is there stays.",
    "cli.option.backup": "The new file that the copy goes to.",
    "cli.option.key_needed": "The database whose mails may need the keys; each old key tells how many.",
    "cli.option.key_file": "The keys that seal the mails; beside a SQLite file by default, with .key behind its path. Also WINBOOKS_IDENTITY_KEY_FILE.",
    "cli.option.scim_tokens": "The file with the tokens; beside a SQLite file by default, with .scim behind its path. Also WINBOOKS_IDENTITY_SCIM_TOKENS.",
    "cli.option.scim_client": "What the identity provider is called in the history, such as Entra ID.",
    "cli.option.scim_days": "How many days the token is good; without end by default.",
    "cli.option.keep_hours": "How many hours the other token stays good.",
    "cli.option.show_token": "Show the token even when the result goes to a file or another program.",
    "cli.option.scim_token_id": "The id of the token, as scim token list shows it.",
    "cli.option.scim_licence": "Only tokens of this licence are taken; may be given several times. All licences by default.",
    "cli.option.scim_erase": "In this licence, users whom an identity provider deletes are erased, and not only deactivated; may be given several times.",
    "cli.option.scim_host": "The address to listen on.",
    "cli.option.scim_port": "The port to listen on; 0 takes one that is free.",
    "cli.option.scim_proxy": "The address of the proxy whose X-Forwarded-For, -Proto and -Host are believed.",
    "cli.option.scim_send_credentials": "Mail new users their login data.",
    "cli.option.key_ring": "The file with the keys.",
    "cli.option.key_ids": "The ids of the keys, as key list shows them.",
    "cli.option.accounts": "A file with an account on each line.",
    "cli.option.dossier_name": "The name of the dossier.",
    "cli.option.dossier_number": "The number of the dossier.",
    "cli.option.holder": "The full name of the firm.",
    "cli.option.mail_state": "Which mails: waiting, sent, given-up, held, dead (given up or held back) or withdrawn; waiting and dead by default.",
    "cli.option.mail_of": "Only the mails to this WinBooks ID.",
    "cli.option.mail_id": "The id of the mail, or its beginning, as mail list shows it.",
    "cli.option.mail_ids": "The ids of the mails, or their beginnings, as mail list shows them.",
    "cli.option.mail_reason": "The mails with this code as their reason, as mail list shows it in parentheses.",
    "cli.option.mail_all": "All that wait or were given up; retry leaves those that are held back, which --reason mail.held sends.",
    "cli.option.as": "Act as the user with this WinBooks ID, with the rights of that user; as the distributor by default.",
    "cli.option.operator": "Who is at the keyboard, for the history; the name of your account by default. Also WINBOOKS_IDENTITY_OPERATOR.",
    "cli.option.licence": "The number of the licence; not needed where there is one only.",
    "cli.option.show_passwords": "Show passwords that have to be handed over even when the result goes to a file or another program.",
    "cli.option.sender": "The address that the mails come from.",
    "cli.option.portal_url": "Where people sign in; it begins with https://.",
    "cli.option.mail_dir": "Write each mail as an .eml file into this folder.",
    "cli.option.smtp_host": "Send the mails through this server.",
    "cli.option.smtp_port": "Its port; the usual one of --smtp-security by default.",
    "cli.option.smtp_security": "How the connection is protected.",
    "cli.option.smtp_user": "The name to sign in with.",
    "cli.option.smtp_password_file": "The file whose first line is the password to sign in with.",
    "cli.option.json": "Answer with one JSON document.",
    "cli.option.language": "The language of the words; that of LC_ALL or LANG by default.",
    "cli.option.file": "The file with the licence, its dossiers and its users, in TOML.",
    "cli.option.dry_run": "Show the plan and change nothing.",
    "cli.option.new_winbooks_id": "The e-mail address of the new user.",
    "cli.option.whom": "The WinBooks ID of the user.",
    "cli.option.users": "The WinBooks IDs of the users.",
    "cli.option.csv": "A new file for Excel; it is written with semicolons.",
    "cli.option.only_text": "Only users with this text in their ID, name, company or phone.",
    "cli.option.only_never_signed_in": "Only users who have never signed in: they never chose a password of their own.",
    "cli.option.separator": "What separates the cells of --csv, by the region of Excel: semicolon in Belgium, comma in the United Kingdom.",
    "cli.option.only_must_change": "Only users who still have to change an initial password: those who never signed in are among them.",
    "cli.option.only_role": "Only users with this role.",
    "cli.option.only_dossier": "Only users who can open the dossier with this number.",
    "cli.option.only_status": "Only users who can sign in (active), or only those who cannot (inactive).",
    "cli.option.only_level": "Only users of this level.",
    "cli.option.from": "A file with a WinBooks ID on each line, for more users; - is standard input.",
    "cli.option.confirmed": "At once, on the distributor's word that the new address is the user's; the earlier one is told.",
    "cli.option.new_id": "The new WinBooks ID.",
    "cli.option.dossiers_of_step": "The number of a dossier; may be repeated.",
    "cli.option.dossiers_of": "All dossiers that the user with this WinBooks ID can open.",
    "cli.option.notices": "Switch them on, or off.",
    "cli.option.new_phone": "Phone; an empty text takes it away.",
    "cli.option.yes": "Erase for good.",
    "cli.option.link_page": "The page that the link leads to; it begins with https://. Also WINBOOKS_IDENTITY_LINK_PAGE.",
    "cli.option.explained": "The number of the dossier, several times for several; the digital products by default.",
    "cli.option.generate_password": "Have a password generated.",
    "cli.option.level": "User, Power User or Administrator; a User is an end customer.",
    "cli.option.user_language": "The language of the user: nl, fr or en.",
    "cli.option.activate": "Activate the user at once, or not yet.",
    "cli.option.send_credentials": "Mail the login data to the user.",
    "cli.option.dossier": "A dossier to give access to; may be repeated.",
    "cli.option.role": "A role; may be repeated.",
    "cli.option.notify_all_dossiers": "Enable the notifications for all dossiers of the user.",
    "cli.option.loop": "Go on delivering what comes, until Ctrl-C.",
    "cli.option.length": "How many characters it has.",
    "cli.option.count": "How many passwords.",
    "cli.option.plain_start": "Begin with a letter or digit, so that no spreadsheet takes the password for a formula.",
    "cli.option.password_policy": "The rules for passwords: the name of a policy or its file.",
    "cli.option.breached": "A file of leaked passwords that password index-leaks made; without it none is looked up.",
    "cli.option.leaks": "The list of leaked passwords.",
    "cli.option.leaks_index": "The file to make, for --breached.",
    "cli.option.about": "What others know of the person: a name, a company; several times.",
    "cli.option.policy": "The name of a policy, a .toml or .json file, or one in a Git revision: git:main:policy.toml.",
    "cli.option.share_length": "The length for which the share of refused passwords is counted.",
    "cli.option.report_format": "How the report is written.",
    "cli.option.people": "A list of passwords that people choose: habits, public, or a file, in clear or of SHA-1 hashes; once for each.",
    "cli.option.policy_files": "The policy files.",
    "cli.option.against": "The Git revision to compare with.",
    "cli.option.allow": "Which changes are allowed; several times. An equal policy always is; only stricter ones are by default.",
    "cli.option.standard": "What to hold it against.",
    "cli.option.rollout_day": "The day of the rollout that is shown, such as 2027-01-31; today by default.",
    "cli.option.known": "An earlier policy in a .toml or .json file; once for each. Policies with a name are known anyway.",
    "cli.option.logins": "The export of licence management, as for sync: who has a login on Web.",
    "cli.option.export": "The export: .csv, or .jsonl with one JSON object a line. Or a plan that --json made before: .json.",
    "cli.option.all_feeds": "Follow every feed in a folder: .csv, .xlsx or .jsonl files that are named after the numbers of their licences, such as WB-1.xlsx.",
    "cli.option.shell": "The shell.",
    "cli.option.apply": "Carry the plan out.",
    "cli.option.deactivate": "Deactivate who is gone from a complete export, or inactive in it.",
    "cli.option.reactivate": "Also reactivate users whom a person deactivated.",
    "cli.option.at_most": "How many may be deactivated, how many reactivated, and how many may get another WinBooks ID; 3 by default, or one in ten if that is more.",
    "cli.option.reactivate_unsaid": "With --apply-changes: bring back inactive users, also where the file does not say activate = true.",
    "cli.option.deactivate_absent": "With --apply-changes: deactivate users who are not in the file.",
    "cli.option.apply_changes": "Also change what is stored otherwise, as the plan shows it.",
    # The command line: provisioning
    "cli.provision.refused": Plural(
        "number",
        "1 problem: nothing was done.",
        "{number} problems: nothing was done.",
    ),
    "cli.provision.creating": "Creating users",
    "cli.provision.nobody": "The file has no users.",
    "cli.provision.nothing_done": "This is the plan: nothing was done.",
    "cli.provision.nothing_changed": "Nothing changed: everybody is there already.",
    "cli.provision.unnamed": "Dossiers that are not in the file, and stay: {numbers}",
    "cli.provision.stays": "left alone",
    "cli.provision.absent": "Not in the file:",
    "cli.provision.left_alone": "What is stored otherwise is left alone. With --apply-changes it becomes as the file says.",
    "cli.provision.interrupted": (
        "Interrupted. Every user above is complete; run the same command"
        " again for the rest."
    ),
    "cli.provision.withheld": Plural(
        "number",
        (
            "1 generated password would reach no one, so nothing was done. Add"
            " --show-passwords, or send_credentials = true in the file."
        ),
        (
            "{number} generated passwords would reach no one, so nothing was"
            " done. Add --show-passwords, or send_credentials = true in the"
            " file."
        ),
    ),
    "cli.provision.passwords": Plural(
        "number",
        "Hand over this password yourself; it is not shown again:",
        "Hand over these {number} passwords yourself; they are not shown again:",
    ),
    "cli.create.withheld": (
        "The generated password would reach no one, so"
        " nothing was done. Add --show-passwords or --send-credentials."
    ),
    "cli.fate.new": "to be created",
    "cli.fate.created": "created",
    "cli.fate.unchanged": "unchanged",
    "cli.fate.different": "stored differently",
    "cli.fate.changed": "changed",
    "cli.fate.to_change": "to be changed",
    "cli.fate.refused": "refused",
    "cli.fate.not_reached": "not reached",
    "cli.fate.done": "done",
    "cli.fate.would_be_done": "would be done",
    "cli.fate.unknown": "not known",
    "cli.fates.new": "{number} to be created",
    "cli.fates.created": "{number} created",
    "cli.fates.unchanged": "{number} unchanged",
    "cli.fates.different": "{number} stored differently",
    "cli.fates.changed": "{number} changed",
    "cli.fates.to_change": "{number} to be changed",
    "cli.fates.refused": "{number} refused",
    "cli.fates.not_reached": "{number} not reached",
    "cli.fates.done": "{number} done",
    "cli.fates.would_be_done": "{number} would be done",
    "cli.fates.unknown": "{number} not known: look again",
    # The command line: mails
    "cli.mails.delivered": Plural(
        "number",
        "1 mail delivered",
        "{number} mails delivered",
    ),
    "cli.mails.none": "No mail was due.",
    "cli.mails.waiting": Plural(
        "number",
        "1 mail waits; winbooks-identity deliver sends it.",
        "{number} mails wait; winbooks-identity deliver sends them.",
    ),
    "cli.mails.next_try": Plural(
        "number",
        "1 mail waits; the next try is due at {moment}. winbooks-identity mail retry --all, then deliver, tries it at once.",
        "{number} mails wait; the next try is due at {moment}. winbooks-identity mail retry --all, then deliver, tries them at once.",
    ),
    "cli.mails.well_again": "Mails go out again.",
    "cli.mails.stopped": "Delivery stopped for now: {reason}",
    "cli.mails.stopped_there": "Delivery stopped for now: the other mails would not go out either.",
    "cli.mails.storage_again": "The storage can be used again.",
    "cli.mails.postponed": Plural(
        "number",
        "1 mail waits for another try: {reason}",
        "{number} mails wait for another try: {reason}",
    ),
    "cli.mails.held": Plural(
        "number",
        "1 mail is held back, as after a restore; winbooks-identity mail list shows it, and mail retry --reason mail.held sends it.",
        "{number} mails are held back, as after a restore; winbooks-identity mail list shows them, and mail retry --reason mail.held sends them.",
    ),
    "cli.mails.given_up": Plural(
        "number",
        "1 mail was given up: {reason}",
        "{number} mails were given up: {reason}",
    ),
    "cli.mails.dead": Plural(
        "number",
        "1 mail was given up; winbooks-identity mail list says why.",
        "{number} mails were given up; winbooks-identity mail list says why.",
    ),
    "cli.mail.none": "There is no such mail.",
    "cli.mail.id": "Id",
    "cli.mail.winbooks_id": "WinBooks ID",
    "cli.mail.kind": "About",
    "cli.mail.state": "State",
    "cli.mail.code": "Code",
    "cli.mail.reason": "Reason",
    "cli.mail.attempts": "Attempts",
    "cli.mail.created_at": "Written",
    "cli.mail.due_at": "Due",
    "cli.mail.expires_at": "Expires",
    "cli.mail.done_at": "Ended",
    "cli.mail.message_id": "Message-ID",
    "cli.mail.is_kept": "Can be sent again",
    "cli.mail.retry": Plural(
        "number",
        "1 mail is due now; winbooks-identity deliver tries it.",
        "{number} mails are due now; winbooks-identity deliver tries them.",
    ),
    "cli.mail.would_retry": Plural(
        "number",
        "1 mail would be due now.",
        "{number} mails would be due now.",
    ),
    "cli.mail.discard": Plural(
        "number",
        "1 mail was withdrawn.",
        "{number} mails were withdrawn.",
    ),
    "cli.mail.would_discard": Plural(
        "number",
        "1 mail would be withdrawn.",
        "{number} mails would be withdrawn.",
    ),
    "cli.mail.hold": Plural(
        "number",
        "1 mail is held back.",
        "{number} mails are held back.",
    ),
    "cli.mail.would_hold": Plural(
        "number",
        "1 mail would be held back.",
        "{number} mails would be held back.",
    ),
    "cli.mail.left_to_others": Plural(
        "number",
        "1 mail stays as it is: its content is erased, it has ended, or this user may not decide about it.",
        "{number} mails stay as they are: their content is erased, they have ended, or this user may not decide about them.",
    ),
    "cli.mail.left": Plural(
        "number",
        "1 mail stays as it is: its content is erased, or it has ended.",
        "{number} mails stay as they are: their content is erased, or they have ended.",
    ),
    "cli.mail_kind.credentials": "login data",
    "cli.mail_kind.set_password": "link to choose a password",
    "cli.mail_kind.confirm_id": "link to confirm an ID",
    "cli.mail_kind.id_change": "notice of a new ID",
    "cli.mail_kind.changed": "notice of a change",
    "cli.mail_state.waiting": "waits",
    "cli.mail_state.sent": "sent",
    "cli.mail_state.dead": "given up",
    "cli.mail_state.held": "held back",
    "cli.mail_state.withdrawn": "withdrawn",
    # The command line: tables and questions
    "cli.column.winbooks_id": "WinBooks ID",
    "cli.column.name": "Name",
    "cli.column.level": "Level",
    "cli.column.status": "Status",
    "cli.column.result": "Result",
    "cli.column.company_name": "Company",
    "cli.status.active": "active",
    "cli.status.inactive": "not active",
    "cli.yes": "yes",
    "cli.no": "no",
    "cli.user.working": "Users",
    "cli.user.an_argument": "an argument",
    "cli.user.line": "line {number}",
    "cli.user.digital_products": "Digital products",
    "cli.user.mailed": "A mail to them waits: deliver sends it.",
    "cli.user.none": "There is no such user.",
    "cli.user.written": Plural(
        "number",
        "{number} user is in {path}.",
        "{number} users are in {path}.",
    ),
    "cli.breached_unused": "--breached changes nothing here: this policy does not look passwords up among leaked ones.",
    "cli.password.accepted": "The Portal accepts this password.",
    "cli.password.indexed": "{number} leaked passwords are in {path}.",
    "cli.password.generated": "left empty, one is generated",
    "cli.password.repeat": "Password again",
    "cli.password.not_the_same": "These were two different passwords.",
    "cli.field.winbooks_id": "WinBooks ID",
    "cli.field.password": "Password",
    "cli.field.level": "Level",
    "cli.field.licence": "Licence",
    "cli.field.status": "Status",
    "cli.field.activate": "Activate the user",
    "cli.field.dossiers": "Dossiers",
    "cli.field.roles": "Roles",
    "cli.field.notify_all_dossiers": "Notices for all dossiers",
    "cli.field.address_proven": "Address proven",
    "cli.field.first_name": "First name",
    "cli.field.last_name": "Last name",
    "cli.field.company_name": "Company name",
    "cli.field.phone": "Phone",
    "cli.field.language": "Language",
    "cli.field.id": "Internal key",
    "cli.field.id_change": "New WinBooks ID, not confirmed yet",
    "cli.field.new_winbooks_id": "New WinBooks ID",
    "cli.field.failed_attempts": "Failed attempts",
    "cli.user.attempts": "{number}, the last one on {moment}; user unlock lets them try again",
    "cli.field.initial_password": "Initial password",
    "cli.user.password.no": "no",
    "cli.user.password.open": "yes, to be changed at the first sign-in",
    "cli.user.password.until": "yes, to be changed at the first sign-in, until {moment}",
    "cli.user.password.ended": "yes, but it ended on {moment}: give them another one",
    "cli.field.external_id": "In licence management",
    "cli.field.credential_source": "Password of",
    "cli.field.deactivated_by_feed": "Deactivated by a synchronisation",
    "cli.usage.saved_plan": "A saved plan is carried out as it is: leave out --deactivate and --at-most.",
    "cli.usage.apply_changes": "--deactivate, --reactivate and --at-most go with --apply-changes.",
    "cli.sync.applying": "Changing users",
    "cli.licence.close": Plural(
        "number",
        "Dossier {dossier}, {name}: 1 user loses access.",
        "Dossier {dossier}, {name}: {number} users lose access.",
    ),
    "cli.licence.loses": "loses access",
    "cli.licence.deactivated": "loses access and is deactivated: it is their only dossier",
    "cli.licence.moves": "password of WinBooks on Web",
    "cli.licence.no_login": "no login there: keeps the password of the Portal",
    "cli.licence.on_web_before": Plural(
        "number",
        "1 user signs in with the password of WinBooks on Web already.",
        "{number} users sign in with the password of WinBooks on Web already.",
    ),
    "cli.licence.on_the_portal": Plural(
        "number",
        "1 end customer keeps the password of the Portal.",
        "{number} end customers keep the password of the Portal.",
    ),
    "cli.sync.two_feeds": "Two files are named after this licence, so neither is followed.",
    "cli.sync.feeds": "{number} feeds, {left} not reached.",
    "cli.outcome.done": "done",
    "cli.outcome.refused": "refused",
    "cli.outcome.unavailable": "failed",
    "cli.outcome.try_again": "partly done",
    "cli.outcome.interrupted": "interrupted",
    "cli.sync.nothing": "Nothing to do: everybody is as licence management says.",
    "cli.sync.unchanged": Plural(
        "number", "1 user is unchanged.", "{number} users are unchanged."
    ),
    "cli.sync.summary": "{done} done, {done_before} done before, {refused} refused, {left} not reached.",
    "cli.column.action": "Action",
    "cli.column.external_id": "In licence management",
    "cli.column.outcome": "Outcome",
    "cli.column.detail": "What",
    "cli.column.at": "When",
    "cli.column.step": "Step",
    "cli.column.by": "By",
    "cli.column.dossier": "Dossier",
    "cli.column.language": "Language",
    "cli.column.product": "Product",
    "cli.column.holder": "Licence holder",
    "cli.collisions.found": Plural(
        "number",
        "{number} collision was found.",
        "{number} collisions were found.",
    ),
    "cli.likeness.variants": "variants",
    "cli.likeness.look_alikes": "look-alikes",
    "cli.likeness.twins": "twins",
    "cli.column.survivor": "Suggested",
    "cli.column.likeness": "Likeness",
    "cli.column.address": "Address",
    "cli.column.account": "Account",
    # Files that cannot be used
    "unavailable.file": "This file cannot be used.",
    "unavailable.no_git": "Git is not there, or does not answer.",
    "unavailable.no_repository": "This folder is in no Git repository that can be read.",
    "unavailable.no_revision": "Git knows no revision of this name here.",
    "unavailable.not_in_revision": "This revision has no such file. A path starts at the top of the repository; ./ starts it at this folder.",
    "unavailable.file_exists": "This file is there already; nothing was overwritten.",
    "unavailable.file_missing": "This file is not there.",
    "unavailable.file_denied": "You may not read or write here.",
    "unavailable.not_a_database": "This file is no SQLite database.",
    "unavailable.not_a_key_ring": "This file holds no keys, or others than you may read it (chmod 600).",
    "unavailable.not_a_key_file": "This is not a complete file of leaked passwords; winbooks-identity password index-leaks makes one.",
    "unavailable.not_a_leak_list": "This is no list of leaked passwords: each line is a SHA-1 in 40 hexadecimal digits, with a colon and a count or without.",
    # Help with passwords
    "password_help.length": ("At least {minimum} characters."),
    "password_help.words": ("Some words may not occur in it."),
    "password_help.denied": ("Some passwords are refused as a whole."),
    "password_help.common_words": "Do not rely on words, months or years that everybody tries first.",
    "password_help.personal_words": "Do not rely on your own name, address or company.",
    "password_help.personal_word_found": "Do not use any part of your own name, address or company.",
    "password_help.common_word_found": "Do not use any common word, product or year.",
    "password_help.strength": (
        "It is hard to guess: a few words that do not belong together do well."
    ),
    "password_help.breach_check": ("Passwords that have leaked are refused."),
    # The life of a user
    "life_cycle.step_not_allowed": "“{step}” is not possible now. Possible: {legal}.",
    "life_cycle.credentials_on_web": "This user signs in with the login and password of WinBooks on Web. Change them there.",
    "life_cycle.last_administrator": "This is the last active Administrator of the licence. Make another user Administrator first.",
    "sign_in.password_change_required": (
        "Choose a password of your own first: another person has seen this one."
    ),
    "sign_in.password_notice": "Your password no longer meets the rules for passwords. Change it before {until}.",
    "sign_in.password_notice_undated": "Your password no longer meets the rules for passwords. Please change it.",
    "sign_in.password_outgrown": "This password no longer meets the rules for passwords. Choose another one first.",
    "sign_in.password_refused": "This password no longer meets the rules for passwords, and signs no one in any more. Ask for a link to choose another one.",
    "sign_in.refused": "The WinBooks ID or the password is not correct.",
    "session.ended": "Your session has ended. Sign in again.",
    "request.from_another_site": "This came from another website. Send the form from our own page.",
    "request.too_large": "What was sent is too large: {kilobytes} kB at most.",
    "link.not_good": "This link was already used or is no longer valid. Ask for a new one.",
    "attempts.too_many": Plural(
        by="minutes",
        one="Too many attempts. Try again in {minutes} minute.",
        other="Too many attempts. Try again in {minutes} minutes.",
    ),
    "attempts.too_many_for_hours": "Too many attempts. Try again in {hours} hours.",
    "product_link.not_linked": "This Windows user has no WinBooks ID in WinBooks Classic.",
    "product_link.stale": "{product} still holds an earlier WinBooks ID. Enter the present one there.",
    "product_link.windows_user_required": "Say which Windows user of WinBooks Classic this is.",
    "product_link.windows_user_not_used": "A Windows user belongs to WinBooks Classic only.",
    "product_link.windows_user_invalid": "A Windows user has 1 to {maximum} visible characters.",
    "explain.active": "The account is active.",
    "explain.not_active": "The account is not active.",
    "explain.dossier_granted": "Access to dossier {number} was given.",
    "explain.dossier_not_granted": "Access to dossier {number} was not given.",
    "explain.roles_held": "The needed roles are there: {roles}.",
    "explain.no_role": "None of these roles was given: {roles}.",
    "step.create": "create",
    "step.activate": "activate",
    "step.deactivate": "deactivate",
    "step.change_level": "change the level",
    "step.grant_dossiers": "give dossiers",
    "step.revoke_dossiers": "take dossiers away",
    "step.grant_roles": "give roles",
    "step.revoke_roles": "take roles away",
    "step.notify": "set the notifications",
    "step.rectify": "correct the personal details",
    "step.reset_password": "reset the password",
    "step.set_password": "set the password by link",
    "step.change_password": "change the own password",
    "step.change_id": "change the WinBooks ID",
    "step.confirm_id": "confirm the new WinBooks ID",
    "step.withdraw_id": "withdraw the new WinBooks ID",
    "step.move_to_on_web": "move to WinBooks on Web",
    "step.link_product": "link a product",
    "step.unlink_product": "unlink a product",
    "step.erase": "erase",
    "password.unchanged": "Choose another password than the present one.",
    # Synchronisation with WinBooks on Web
    "synchronisation.create": "create",
    "synchronisation.adopt": "adopt",
    "synchronisation.reactivate": "reactivate",
    "synchronisation.deactivate": "deactivate",
    "synchronisation.update": "change",
    "synchronisation.conflict": "not followed",
    "synchronisation.keep": "stays active",
    "synchronisation.remark": "followed, but for a field",
    "synchronisation.in_column": "Row {row}, column {column}: {sentence}",
    "synchronisation.hold": "stays inactive",
    "synchronisation.field.external_id": "reference",
    "synchronisation.field.winbooks_id": "WinBooks ID",
    "synchronisation.field.first_name": "first name",
    "synchronisation.field.last_name": "last name",
    "synchronisation.field.language": "language",
    "synchronisation.field.phone": "phone",
    "synchronisation.field.is_active": "active",
    "synchronisation.field.level": "level",
    "synchronisation.field.notify_all_dossiers": "notices for all dossiers",
    "synchronisation.field.roles": "roles",
    "synchronisation.field.dossiers": "dossiers",
    "synchronisation.field.company_name": "company",
    "synchronisation.field.status": "status",
    "synchronisation.yes": "yes",
    "synchronisation.no": "no",
    "synchronisation.invalid_external_id": "The identifier in licence management has letters, digits and signs only, at most {maximum}.",
    "synchronisation.malformed_record": "This record is damaged.",
    "synchronisation.doubled": "Another record has the same identifier or the same login.",
    "synchronisation.ambiguous_external_id": "Two users here have this identifier.",
    "synchronisation.in_another_licence": "This WinBooks ID belongs to another licence.",
    "synchronisation.held_by_end_customer": "This WinBooks ID belongs to an end customer.",
    "synchronisation.held_by_colleague": "This WinBooks ID belongs to another user, who keeps it.",
    "synchronisation.not_declared": "The source does not say how many records it has, so some may be lost.",
    "synchronisation.count_differs": "The source says it has {declared} records, but {counted} were read.",
    "synchronisation.not_asked": "Deactivation was not asked for.",
    "synchronisation.unreadable_records": "There are records of which it is not clear whom they mean.",
    "synchronisation.last_administrator": "This is the last active Administrator of the licence.",
    "synchronisation.untold": "Without a mail to the old address, an Administrator's WinBooks ID is not changed. Say who writes it: --sender and --portal-url.",
    "synchronisation.locked_out": "A person deactivated this user on the Portal. To bring them back, ask for it.",
    "synchronisation.inactive": "not active",
    "synchronisation.active": "active",
    "synchronisation.activation_not_said": "Stays inactive: the file does not say activate = true.",
    "synchronisation.empty_snapshot": "The source has no users at all.",
    "synchronisation.too_many_deactivations": Plural(
        "planned",
        "1 user would be deactivated; at most {allowed} at once.",
        "{planned} users would be deactivated; at most {allowed} at once.",
    ),
    "synchronisation.too_many_reactivations": Plural(
        "planned",
        "1 user would be reactivated; at most {allowed} at once.",
        "{planned} users would be reactivated; at most {allowed} at once.",
    ),
    "synchronisation.too_many_address_changes": Plural(
        "planned",
        "1 user would get another WinBooks ID; at most {allowed} at once.",
        "{planned} users would get another WinBooks ID; at most {allowed} at once.",
    ),
    "synchronisation.not_a_plan": "This is not a plan, or not a whole one.",
    "synchronisation.plan_changed": "This plan was changed after it was made, or comes from another installation.",
    "synchronisation.plan_quarantined": "This plan changes too much to be carried out as it is.",
    "synchronisation.saved_since_planned": Plural(
        "users",
        "1 user was changed since the plan was made. Make a new plan.",
        "{users} users were changed since the plan was made. Make a new plan.",
    ),
    "synchronisation.only_on_web": "Only licences of WinBooks on Web are synchronised. Users of WinBooks Classic are made by hand.",
    "authorization.only_on_distributors_word": "Only on the word of the distributor an ID changes at once. Leave out --confirmed: then the new address gets a link.",
    "authorization.only_distributor": "Only the distributor synchronises users.",
    "synchronisation.other_licence": "This plan is for another licence.",
    # What the pages to sign in and to choose a password show
    "adoption.twins": "These accounts have the same WinBooks ID: {others}. Decide which one stays.",
    "admin.users": "Users of the Portal",
    "admin.hand_over": "Hand this password over now; it is not shown again",
    "page.sign_in": "Sign in",
    "page.sign_in.button": "Sign in",
    "page.sign_out": "Sign out",
    "page.forgotten_password": "Forgotten your password?",
    "page.forgotten_password.help": "Fill in your WinBooks ID, and you get an e-mail with a link to choose a new password.",
    "page.forgotten_password.button": "Send the link",
    "page.link_sent": "Look in your mailbox",
    "page.link_sent.help": "If you have a WinBooks ID, an e-mail with a link is on its way.",
    "page.set_password": "Choose your password",
    "page.set_password.help": "The link works once. Until you have chosen, nothing changes.",
    "page.set_password.button": "Save the password",
    "page.password_set": "Your password was changed",
    "page.password_set.help": "From now on you sign in with the new password.",
    "page.password_notice": "Choose a new password soon",
    "page.password_notice.change": "Change it now",
    "page.password_notice.later": "Later",
    "page.change_password": "Change your password",
    "page.change_password.help": "If another person has seen your password, choose one that only you know.",
    "page.change_password.button": "Save the password",
    "page.current_password": "Present password",
    "page.new_password": "New password",
    "page.confirm_id": "Confirm your new WinBooks ID",
    "page.confirm_id.help": "Until you confirm, you sign in with your present WinBooks ID.",
    "page.confirm_id.button": "Confirm this address",
    "page.id_confirmed": "Your new WinBooks ID was confirmed",
    "page.id_confirmed.help": "From now on you sign in with it. Enter it in the WinBooks products that you use.",
    "page.edit_user": "Change the details of a user",
    "page.edit_user.help": "What they may do stays as it is.",
    "page.edit_user.button": "Save the details",
    "page.user_saved": "The details were saved",
    "page.too_large": "This is too large",
    "page.user_saved.help": "The history of the user shows what changed.",
    # What the creation form shows
    "form.new_employee": "Create new user",
    "form.new_end_customer": "Create new end customer",
    "form.winbooks_id": "WinBooks ID",
    "form.winbooks_id.help": "The e-mail address of the new user: no one else has it.",
    "form.password": "Password",
    "form.generate_password": "Generate password",
    "form.level": "Level",
    "form.licence": "Licence",
    "form.activate": "Activate user",
    "form.send_credentials": "Send the user an e-mail with the information",
    "form.dossiers": "Give the user access to dossiers",
    "form.roles": "Roles",
    "form.notify_all_dossiers": "Enable notifications for all dossiers",
    "form.notify_all_dossiers.help": "For the dossiers that the user can open, and for no others.",
    "form.first_name": "First name",
    "form.last_name": "Last name",
    "form.company_name": "Company name",
    "form.phone": "Phone",
    "form.phone.help": "With the country code, such as +32 2 123 45 67.",
    "form.language": "Language",
    "form.language.help": "The language in which the Portal writes to the user.",
    "form.save": "Save",
    "form.on_sending.min_unfamiliar": "Familiar words are checked on sending.",
    "form.on_sending.refuse_familiar": "Familiar words are checked on sending.",
    "form.on_sending.min_strength": "The strength is checked on sending.",
    "form.on_sending.breach_check": "Leaked passwords are checked on sending.",
    # Titles of refusals over HTTP
    "http.401": "The sign-in was refused.",
    "http.403": "You may not do this.",
    "http.404": "This was not found.",
    "http.409": "This does not go together with what is stored.",
    "http.413": "This is too large.",
    "http.422": "Something has to be corrected.",
    "http.429": "There were too many attempts.",
    # A change of policy
    "policy_change.title": "A change of the password policy",
    "policy_change.verdict.equal": "The new policy is equal to the old one.",
    "policy_change.verdict.stricter": "The new policy is stricter: it refuses more, and accepts nothing new.",
    "policy_change.verdict.looser": "The new policy is looser: it accepts more, and refuses nothing new.",
    "policy_change.verdict.incomparable": "Neither policy is the stricter one: the new one asks for more here and for less there.",
    "policy_change.heading.what": "What changes",
    "policy_change.heading.refused": "Refused from now on",
    "policy_change.heading.accepted": "Accepted from now on",
    "policy_change.heading.days": "From when",
    "policy_change.heading.people": "Whom it hits",
    "policy_change.heading.next": "Next step",
    "policy_change.changed": "{rule}: {new} instead of {old}",
    "policy_change.added": "{rule}: also {words}",
    "policy_change.dropped": "{rule}: no longer {words}",
    "policy_change.more_words": "{words} and {number} more",
    "policy_change.no_limit": "no limit",
    "policy_change.all_characters": "all",
    "policy_change.yes": "yes",
    "policy_change.no": "no",
    "policy_change.off": "no",
    "policy_change.if_reachable": "yes, where the look-up can be reached",
    "policy_change.always": "yes, always",
    "policy_change.decimal_sign": ".",
    "policy_change.percent": "{number}%",
    "policy_change.stricter": "{change}. This asks for more.",
    "policy_change.looser": "{change}. This asks for less.",
    "policy_change.incomparable": "{change}. This asks for other things.",
    "policy_change.undecided": "These take an estimate or a look-up, so that what they change cannot be counted exactly: {rules}.",
    "policy_change.because": "Because of: {rules}.",
    "policy_change.example": "For example {password}.",
    "policy_change.examples": "For example {password} and {other}.",
    "policy_change.share_refused": "Of all possible passwords that were accepted so far, these are refused:",
    "policy_change.share_accepted": "Of all possible passwords that are accepted from now on, these were refused:",
    "policy_change.share": "{length} characters: {share}",
    "policy_change.share_by_rule": "{length} characters: {share} ({rules})",
    "policy_change.rule_share": "{rule}: {share}",
    "policy_change.too_large": "The policies are too large to say which rules make the difference.",
    "policy_change.too_large_to_count": "The policies are too large to count how many passwords that is.",
    "policy_change.list.habits": "Passwords made after the habits of people in Belgian offices",
    "policy_change.list.public": "The most frequent passwords of a public list",
    "policy_change.list.own": "Your list",
    "policy_change.hit": "{list}: accepted so far {accepted}, of these refused from now on {refused} ({share}).",
    "policy_change.hit_admitted": "{list}: refused so far and accepted from now on {admitted} of {people}.",
    "policy_change.hit_nothing": "{list}: nothing changes for any of {people}.",
    "policy_change.hit_unknown": "{list}: {unknown} of {people} are known by their hash only and were not asked.",
    "policy_change.hit_examples": "For example {passwords}.",
    "policy_change.unasked": "Not asked here, as it takes the person or a look-up: {rules}.",
    "policy_change.next.equal": "None: the same passwords are accepted as before.",
    "policy_change.next.stricter": "Tell people what is asked before the policy is in force. It is asked of new passwords; stored ones go on working until they are changed.",
    "policy_change.next.looser": "Ask the people who answer for security whether this is meant: weaker passwords may get in. For people nothing changes.",
    "policy_change.next.incomparable": "Two things happen at once; split the change if only one is meant. Ask the people who answer for security about what is accepted from now on, and tell people about what is refused. Stored passwords go on working until they are changed.",
    "policy_change.next.days": "The rules stay; the days of the rollout change. Tell people the new ones.",
    "policy_change.next.rolled_out": "Tell people these days before the first one comes. They say what happens to stored passwords that break the policy.",
    "policy_change.next.count": "Count whose stored passwords may break it: {command}",
    "policy_rule.min_length": "Minimum length",
    "policy_rule.max_length": "Maximum length",
    "policy_rule.min_kinds": "Kinds of characters (lower case, upper case, digit, sign), at least",
    "policy_rule.min_lower": "Lower case letters, at least",
    "policy_rule.min_upper": "Upper case letters, at least",
    "policy_rule.min_digits": "Digits, at least",
    "policy_rule.min_special": "Special characters, at least",
    "policy_rule.max_lower": "Lower case letters, at most",
    "policy_rule.max_upper": "Upper case letters, at most",
    "policy_rule.max_digits": "Digits, at most",
    "policy_rule.max_special": "Special characters, at most",
    "policy_rule.allowed_characters": "Allowed characters",
    "policy_rule.forbidden_characters": "Forbidden characters",
    "policy_rule.forbidden_words": "Forbidden words, in any case",
    "policy_rule.forbidden_spellings": "Forbidden words, as spelled",
    "policy_rule.denied": "Refused passwords, in any case",
    "policy_rule.denied_spellings": "Refused passwords, as spelled",
    "policy_rule.max_run": "The same character in a row, at most",
    "policy_rule.min_unfamiliar": "Characters outside of familiar words, at least",
    "policy_rule.word_lists": "Lists of familiar words",
    "policy_rule.personal_words": "Names of the person count as familiar words",
    "policy_rule.refuse_familiar": "Familiar words are refused wherever they stand",
    "policy_rule.min_strength": "Strength from 0 to 4, at least",
    "policy_rule.breach_check": "Leaked passwords are refused",
    # The command line: policies
    "cli.column.rule": "Rule",
    "cli.column.value": "Value",
    "cli.column.clause": "Clause",
    "cli.column.asks": "What it asks for",
    "cli.column.verdict": "Verdict",
    "cli.policy.fingerprint": "fingerprint",
    "cli.policy.gate_refused": "{path}: this change of policy is not allowed here.",
    "cli.policy.verdict.met": "met",
    "cli.policy.verdict.not_met": "not met",
    "cli.policy.verdict.not_decidable": "not decidable here",
    "cli.column.licence": "Licence",
    "cli.column.breaks": "Breaks it",
    "cli.column.safe": "Safe",
    "cli.column.check_at_sign_in": "Check at sign-in",
    "cli.column.unknown": "Unknown",
    "cli.policy.more": "and {number} more",
    "policy_change.stage.waiting": "The new policy is not asked yet.",
    "policy_change.stage.asked": "New passwords meet it.",
    "policy_change.stage.notice": "Users who sign in with a password that breaks it see a notice.",
    "policy_change.stage.change": "A password that breaks it has to be changed at the next sign-in.",
    "policy_change.stage.refusal": "A password that breaks it signs no one in.",
    "cli.policy.total": "total",
    # The world is broken
    "unavailable": "This is not possible right now. Try again later.",
    "unavailable.storage_busy": (
        "The storage is busy; nothing was changed. Try again."
    ),
    "unavailable.storage_not_ready": "The storage cannot be used as it is now. Tell the person who looks after it.",
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
    "unavailable.mail_server": "The mail server cannot be reached safely; the mails wait.",
    "unavailable.mail_server_encrypts_otherwise": "The mail server does not encrypt in the way that was chosen. As a rule, port 587 goes with --smtp-security starttls and port 465 with tls. The mails wait.",
    "unavailable.sending_not_allowed": "The mail server does not let us send: check the sign-in, the sender's address and the server's policy. The mails wait.",
    "unavailable.mailer": "The mailer failed in an unexpected way; the mails wait.",
    "unavailable.letters": "A mail that was asked for could not be written; the others go on.",
    "mail.overtaken": "A later step made this mail void.",
    "mail.discarded": "This mail was withdrawn by an operator.",
    "mail.sent_too_late": (
        "This mail was sent when another relay had taken it, or it was withdrawn;"
        " it may arrive twice."
    ),
    "mail.held": "This mail was held back; winbooks-identity mail retry lets it go.",
    "expired": "What the mail carries ended before it could be delivered.",
    "unavailable.mail_refused": "The mail was refused for good.",
    "unavailable.seal_broken": (
        "A sealed mail cannot be opened: its key is gone or it was altered."
    ),
    "unavailable.licence_management": "Licence management does not answer; no one was changed. Try again later.",
    "unavailable.not_a_workbook": "This is no Excel workbook that can be read. Save it as .xlsx, without a password.",
    "unavailable.no_excel": "Excel workbooks need the package winbooks-identity[excel].",
    "unavailable.another_run": "Another run with this folder is under way; nothing was changed.",
    "unavailable.no_postgresql": "PostgreSQL needs the package winbooks-identity[postgresql].",
    "unavailable.no_scim": "SCIM needs the package winbooks-identity[scim].",
}
