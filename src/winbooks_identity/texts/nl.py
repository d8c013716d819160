"""
The sentences in Dutch, as written in Belgium: the reader is *u*.
"""

from collections.abc import Mapping
from typing import Final

from . import Plural


__all__ = ["SENTENCES"]

SENTENCES: Final[Mapping[str, str | Plural]] = {
    # Fields
    "field.missing": "Vul dit veld in.",
    "field.not_text": "In dit veld hoort tekst.",
    "field.not_yes_or_no": "Vink dit vakje aan of laat het leeg.",
    "field.flag_expected": "Hier wordt ja of nee verwacht.",
    "field.not_one_of": "Kies een van de volgende waarden: {allowed}.",
    "field.not_possible": "Vul hier een andere waarde in.",
    "field.hidden_character": "Dit veld bevat een onzichtbaar teken. Typ het opnieuw in plaats van te plakken.",
    "field.masked": "Dit staat enkel in de plaats van een wachtwoord. Typ het wachtwoord zelf.",
    # WinBooks ID
    "winbooks_id.too_long": "Een WinBooks-ID telt hoogstens {maximum} tekens.",
    "winbooks_id.no_at_sign": (
        "Een WinBooks-ID is een e-mailadres: het teken @ ontbreekt."
    ),
    "winbooks_id.nothing_before_at": "Vul in wat vóór het teken @ komt.",
    "winbooks_id.nothing_after_at": "Vul in wat na het teken @ komt.",
    "winbooks_id.forbidden_character": (
        "Dit adres bevat een teken dat niet in een e-mailadres kan staan, zoals een"
        " spatie of een tweede teken @."
    ),
    "winbooks_id.misplaced_dot": (
        "In dit adres staat een punt verkeerd: geen punt aan het begin, aan het"
        " einde, naast het teken @ of na een andere punt."
    ),
    "winbooks_id.display_name": "Vul alleen het adres in, zonder naam of punthaken.",
    "winbooks_id.local_part_too_long": (
        "Vóór het teken @ kunnen hoogstens {maximum} tekens staan."
    ),
    "winbooks_id.non_ascii_local_part": (
        "Vóór het teken @ kunnen alleen letters zonder accent staan."
    ),
    "winbooks_id.curved_apostrophe": (
        "Typ vóór het teken @ een recht weglatingsteken (') en geen gekruld."
    ),
    "winbooks_id.invisible_character": (
        "Dit adres bevat een onzichtbaar teken; typ het opnieuw in plaats van het te"
        " plakken."
    ),
    "winbooks_id.quoted_local_part": (
        "Vóór het teken @ kunnen geen aanhalingstekens staan."
    ),
    "winbooks_id.encoded_word": (
        "De tekens =? en ?= kunnen niet vóór het teken @ staan."
    ),
    "winbooks_id.routing_character": (
        "De tekens % en ! kunnen niet vóór het teken @ staan."
    ),
    "winbooks_id.domain_too_long": (
        "Na het teken @ kunnen hoogstens {maximum} tekens staan, en hoogstens"
        " {maximum_between_dots} tussen twee punten."
    ),
    "winbooks_id.misplaced_hyphen": (
        "Na het teken @ staat een koppelteken verkeerd: niet naast een punt, naast"
        " het teken @ of aan het einde."
    ),
    "winbooks_id.no_top_level_domain": (
        "Na het teken @ komt een volledig domein, zoals kantoor.be."
    ),
    "winbooks_id.special_use_domain": (
        "Op dit domein komt geen e-mail aan: vul een openbaar e-mailadres in."
    ),
    "winbooks_id.domain_literal": (
        "Na het teken @ komt een naam zoals kantoor.be, geen nummer tussen haakjes."
    ),
    "winbooks_id.invalid_domain": (
        "Het domein na het teken @ kan niet bestaan; controleer de schrijfwijze."
    ),
    "winbooks_id.not_an_address": "Dit is geen e-mailadres.",
    "winbooks_id.not_canonical": (
        "Deze WinBooks-ID werd niet in zijn vaste schrijfwijze bewaard."
    ),
    # Names
    "name.too_long": "Hier kunnen hoogstens {maximum} tekens staan.",
    "name.forbidden_character": "Dit teken kan niet in een naam staan: {characters}",
    "name.backtick": "Typ een weglatingsteken (') in plaats van ` of ´.",
    "name.invisible_character": "Deze naam bevat een onzichtbaar of onbekend teken; typ de naam opnieuw in plaats van hem te plakken.",
    "name.misplaced_mark": (
        "In deze naam staat een accent zonder letter, of te veel accenten op één"
        " letter."
    ),
    "name.no_letter": "Een naam bevat minstens één letter.",
    "name.no_letter_or_digit": "Een bedrijfsnaam bevat minstens één letter of cijfer.",
    "name.not_canonical": "Deze naam werd niet in zijn vaste schrijfwijze bewaard.",
    # Phone numbers
    "phone.too_long": "Een telefoonnummer telt hoogstens {maximum} tekens.",
    "phone.forbidden_character": (
        "Een telefoonnummer bestaat uit cijfers; alleen spaties en + ( ) . / -"
        " mogen ertussen staan."
    ),
    "phone.not_international": "Vul het telefoonnummer in met het landnummer, zoals +32 2 123 45 67.",
    "phone.wrong_length": "Een telefoonnummer met landnummer telt {minimum} tot {maximum} cijfers.",
    "phone.not_possible": "Dit kan geen telefoonnummer zijn; controleer het.",
    "phone.not_canonical": (
        "Dit telefoonnummer werd niet in zijn vaste schrijfwijze bewaard."
    ),
    # Levels
    "level.user": "Gebruiker",
    "level.power_user": "Power User",
    "level.administrator": "Administrator",
    "level.user.help": "Een ondernemer: gebruikt de digitale producten voor de eigen dossiers en beheert niemand.",
    "level.power_user.help": "Een medewerker van het kantoor: maakt eindklanten aan en beheert ze, binnen de dossiers waartoe deze medewerker zelf toegang heeft.",
    "level.administrator.help": (
        "Een medewerker van het kantoor: beheert alle gebruikers van de licentie,"
        " hun niveau, rollen en dossiers."
    ),
    # Roles
    "role.connect_accountant.help": (
        "Connect gebruiken als accountant en goedkeuren wat de ondernemer heeft"
        " ingestuurd voordat het wordt verwerkt."
    ),
    "role.view_admin.help": (
        "View beheren: rapporten, structuren en presentaties aanmaken en wijzigen."
    ),
    "role.connect_entrepreneur.help": (
        "Connect gebruiken als ondernemer: documenten aan de accountant bezorgen."
    ),
    "role.view_user.help": "De rapporten in View raadplegen.",
    "role.not_for_staff": (
        "{role} is een rol voor eindklanten, niet voor medewerkers."
    ),
    "role.not_for_end_customers": (
        "{role} is een rol voor medewerkers, niet voor eindklanten."
    ),
    "role.incomplete_for_digital_products": (
        "Nog niet klaar voor de digitale producten; ontbreekt: {missing}."
    ),
    # The creation form and its refusals
    "number.invalid": "Gebruik alleen letters, cijfers en . _ / -, hoogstens {maximum} tekens.",
    "password.typed_and_generated": "Typ een wachtwoord of laat er een genereren, niet allebei.",
    "password.generation_not_allowed": "Hier kan geen wachtwoord gegenereerd worden: vul het wachtwoord van WinBooks on Web in.",
    "password.wrong": "Het wachtwoord is niet juist.",
    "dossier.required": "Kies minstens één dossier.",
    "dossier.not_in_licence": "Dossier {number} zit niet in deze licentie.",
    "role.required": "Kies minstens één rol.",
    "winbooks_id.held_back": "Deze WinBooks-ID was tot voor kort van iemand anders, en wordt nog niet aan een ander gegeven.",
    "winbooks_id.taken": "Deze WinBooks-ID bestaat al.",
    "licence.not_found": "Deze licentie is niet geregistreerd.",
    "licence.registered_differently": "De licentie is al geregistreerd met andere gegevens: {field}.",
    "licence.field.product": "product",
    "licence.field.holder": "houder",
    "licence.field.language": "taal",
    "licence.field.dossiers": "dossiers",
    "user.not_found": "Deze gebruiker bestaat hier niet.",
    "user.saved_meanwhile": "Iemand anders heeft deze gebruiker intussen gewijzigd. Bekijk de gegevens opnieuw voor u bewaart.",
    "request.reused": "Dit aanvraagnummer is al gebruikt voor een andere aanvraag.",
    "authorization.not_active": "Uw eigen account is niet actief.",
    "authorization.foreign_licence": "U hebt geen rechten in een andere licentie.",
    "authorization.manages_nobody": "U mag geen gebruikers aanmaken of beheren.",
    "authorization.end_customers_only": "Een Power User kan alleen eindklanten aanmaken en beheren.",
    "authorization.other_dossiers": "U kunt alleen gebruikers beheren binnen de dossiers waartoe u zelf toegang hebt.",
    "authorization.invalid_operator": "De naam van de operator is één regel van 1 tot {maximum} tekens.",
    "authorization.own_password": (
        "U kunt hier uw eigen wachtwoord niet opnieuw instellen. Wijzig het met uw huidige wachtwoord."
    ),
    "authorization.level_above_own": "U kunt geen hoger niveau toekennen dan uw eigen niveau.",
    "winbooks_id.not_the_on_web_login": "Dit is geen login van een gebruiker van WinBooks on Web.",
    "password.not_the_on_web_password": "Dit is niet het wachtwoord van deze gebruiker op WinBooks on Web.",
    "password.change_it_on_web_first": "Dit is het wachtwoord van WinBooks on Web, maar het voldoet niet aan de regel van het Portaal. Wijzig het eerst in WinBooks on Web.",
    "authorization.only_winbooks": "Alleen WinBooks kan licenties registreren.",
    "authorization.only_outside": "Alleen WinBooks en de verdeler wijzigen licenties en hun dossiers.",
    "creation.mailed_while_inactive": "De e-mail vermeldt dat de account nog niet actief is.",
    "creation.done_before": "Deze aanvraag is al uitgevoerd; het wachtwoord wordt niet opnieuw getoond.",
    # Passwords
    "password.not_unicode": (
        "Er staat een beschadigd teken in het wachtwoord. Typ het opnieuw."
    ),
    "password.control_character": ("Laat regeleinden, tabs en andere stuurtekens weg."),
    "password.unassigned_character": (
        "Er staat een teken in het wachtwoord dat Unicode niet kent. Laat het weg."
    ),
    "password.too_short": Plural(
        "missing",
        "Gebruik minstens {minimum} tekens: nog 1 erbij.",
        "Gebruik minstens {minimum} tekens: nog {missing} erbij.",
    ),
    "password.too_long": "Gebruik hoogstens {maximum} tekens.",
    "password.too_few_kinds": (
        "Gebruik minstens {needed} van deze soorten: kleine letters, hoofdletters,"
        " cijfers en speciale tekens."
    ),
    "password.too_few_lower": Plural(
        "minimum",
        "Gebruik minstens {minimum} kleine letter.",
        "Gebruik minstens {minimum} kleine letters.",
    ),
    "password.too_few_upper": Plural(
        "minimum",
        "Gebruik minstens {minimum} hoofdletter.",
        "Gebruik minstens {minimum} hoofdletters.",
    ),
    "password.too_few_digits": Plural(
        "minimum",
        "Gebruik minstens {minimum} cijfer.",
        "Gebruik minstens {minimum} cijfers.",
    ),
    "password.too_few_special": Plural(
        "minimum",
        "Gebruik minstens {minimum} speciaal teken.",
        "Gebruik minstens {minimum} speciale tekens.",
    ),
    "password.too_many_lower": Plural(
        "maximum",
        "Gebruik hoogstens {maximum} kleine letter.",
        "Gebruik hoogstens {maximum} kleine letters.",
    ),
    "password.too_many_upper": Plural(
        "maximum",
        "Gebruik hoogstens {maximum} hoofdletter.",
        "Gebruik hoogstens {maximum} hoofdletters.",
    ),
    "password.too_many_digits": Plural(
        "maximum",
        "Gebruik hoogstens {maximum} cijfer.",
        "Gebruik hoogstens {maximum} cijfers.",
    ),
    "password.too_many_special": Plural(
        "maximum",
        "Gebruik hoogstens {maximum} speciaal teken.",
        "Gebruik hoogstens {maximum} speciale tekens.",
    ),
    "password.character_not_allowed": ("Gebruik alleen deze tekens: {allowed}"),
    "password.character_forbidden": ("Laat deze tekens weg: {forbidden}"),
    "password.run_too_long": Plural(
        "maximum",
        "Herhaal geen teken.",
        "Gebruik geen teken meer dan {maximum} keer na elkaar.",
    ),
    "password.forbidden_word": (
        "Het wachtwoord bevat een woord dat er niet in mag staan."
    ),
    "password.denied": (
        "Dit wachtwoord staat op de lijst van geweigerde wachtwoorden. Kies een ander."
    ),
    "password.too_weak": (
        "Dit wachtwoord is te makkelijk te raden. Maak het langer, met woorden die niets met elkaar te maken hebben."
    ),
    "password.personal_words": "Dit wachtwoord bestaat vooral uit uw eigen gegevens, zoals uw naam, adres of bedrijf. Gebruik daarnaast minstens {needed} verschillende tekens.",
    "password.common_words": "Dit wachtwoord bestaat vooral uit woorden of jaartallen die als eerste geprobeerd worden. Gebruik daarnaast minstens {needed} verschillende tekens.",
    "password.personal_word_found": "Dit wachtwoord bevat een deel van uw eigen gegevens, zoals uw naam, adres of bedrijf. Kies een wachtwoord zonder die gegevens.",
    "password.common_word_found": "Dit wachtwoord bevat een woord of jaartal dat als eerste geprobeerd wordt. Kies een wachtwoord zonder zulke woorden.",
    "password.breached": (
        "Dit wachtwoord dook op in een datalek en wordt dus als eerste geprobeerd. Kies een ander."
    ),
    "password.breach_unknown": (
        "We kunnen nu niet nagaan of dit wachtwoord in een datalek voorkomt. Probeer het later opnieuw."
    ),
    "password.no_leaked_passwords": "Elk wachtwoord moet in een lijst van uitgelekte wachtwoorden worden opgezocht, en die is hier niet opgegeven. Wie deze toepassing beheert, moet er een opgeven, op de opdrachtregel met --breached.",
    # Password policies
    "password_policy.out_of_range": "{rule} ligt tussen {least} en {most}.",
    "password_policy.alphabet_empty": "Het alfabet is leeg.",
    "password_policy.alphabet_repeats": "Het alfabet bevat een teken twee keer.",
    "password_policy.alphabet_unusable": "Het alfabet bevat een teken dat niet op zichzelf kan staan.",
    "password_policy.length_not_accepted": (
        "De lengte van een gegenereerd wachtwoord ligt tussen {minimum} en {maximum}."
    ),
    "password_policy.nothing_to_generate": "Met deze lengte en dit alfabet voldoet geen enkel wachtwoord aan de regels.",
    "password_policy.character_unusable": "{rule} bevat een teken dat niet op zichzelf kan staan, of een leeg woord.",
    "password_policy.rules_clash": "Geen enkel wachtwoord kan tegelijk aan deze regels voldoen: {rules}.",
    "password_policy.too_large": "Deze regels zijn samen te omvangrijk voor een exact antwoord (meer dan {most} stappen).",
    "password_policy.unknown_word_list": "{rule} verwijst naar een lijst die niet bestaat; dit zijn ze: {known}.",
    "password_policy.unknown_rule": "De regel {rule} bestaat niet.",
    "password_policy.wrong_type": "Bij {rule} hoort {expected}.",
    "password_policy.type.integer": "een geheel getal",
    "password_policy.type.string": "tekst",
    "password_policy.type.list_of_strings": "een lijst van teksten",
    "password_policy.type.boolean": "true of false",
    "password_policy.unreadable": "Dit is geen geldig {notation}-bestand.",
    # Letters
    "letter.weekdays": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "letter.months": (
        "januari februari maart april mei juni juli"
        " augustus september oktober november december"
    ),
    "letter.instant": (
        "{weekday} {day} {month} {year} om {hour}.{minute} uur (Belgische tijd)"
    ),
    "letter.sender": "WinBooks Portaal",
    "letter.greeting": "Beste,",
    "letter.inactive": (
        "Uw WinBooks-ID is nog niet actief. U kunt zich aanmelden zodra {company}"
        " uw toegang activeert."
    ),
    "letter.winbooks_id": "WinBooks ID",
    "letter.password": "Wachtwoord",
    "letter.valid": "Geldig tot",
    "letter.row": "{label}:\n    {value}",
    "letter.on_web": (
        "Meld u aan met het wachtwoord dat u al gebruikt voor WinBooks on Web."
    ),
    "letter.sign_in": "Aanmelden op het Portaal",
    "letter.link": "Werkt de knop niet? Open dan dit adres:",
    "letter.secrecy": (
        "Houd dit wachtwoord voor uzelf: niemand van WinBooks zal u er ooit naar"
        " vragen."
    ),
    "letter.reason": (
        "U ontvangt deze e-mail omdat {company} uw adres heeft geregistreerd. Kent u"
        " {company} niet, dan mag u deze e-mail verwijderen."
    ),
    "letter.automatic": "Dit bericht is automatisch verstuurd; antwoorden worden niet gelezen.",
    "letter.credentials.subject": "Uw WinBooks-ID voor het Portaal",
    "letter.credentials.title": "Uw WinBooks-ID is aangemaakt",
    "letter.credentials.introduction": "{company} heeft voor u een WinBooks-ID aangemaakt. Dat is uw persoonlijke sleutel tot het Portaal en de link tussen de WinBooks-producten die u gebruikt.",
    "letter.credentials.remark": (
        "Bij uw eerste aanmelding kiest u zelf een nieuw wachtwoord."
    ),
    "letter.reset.subject": "Uw nieuwe wachtwoord voor het Portaal",
    "letter.reset.title": "Uw wachtwoord is opnieuw ingesteld",
    "letter.reset.introduction": "{company} heeft een nieuw wachtwoord ingesteld voor uw WinBooks-ID. Het vorige werkt niet meer.",
    "letter.reset.remark": "Bij uw volgende aanmelding kiest u zelf een nieuw wachtwoord.",
    "letter.set_password.subject": "Kies uw wachtwoord voor het Portaal",
    "letter.set_password.title": "Kies uw wachtwoord",
    "letter.set_password.introduction": "Via de link hieronder kiest u zelf het wachtwoord van uw WinBooks-ID bij {company}.",
    "letter.set_password.remark": "De link werkt één keer. Zolang u niets kiest, verandert er niets.",
    "letter.set_password.button": "Een wachtwoord kiezen",
    "letter.set_password.reason": "Hebt u dit niet gevraagd? Dan mag u deze e-mail verwijderen: uw huidige wachtwoord blijft geldig.",
    "letter.confirm_id.subject": "Bevestig uw nieuwe WinBooks-ID",
    "letter.confirm_id.title": "Bevestig uw nieuwe WinBooks-ID",
    "letter.confirm_id.introduction": "{company} wil dit e-mailadres voortaan gebruiken als uw WinBooks-ID.",
    "letter.confirm_id.remark": "Zolang u niet bevestigt, meldt u zich aan met uw huidige WinBooks-ID. Vul daarna de nieuwe WinBooks-ID in bij de WinBooks-producten die u gebruikt.",
    "letter.confirm_id.button": "Dit adres bevestigen",
    "letter.confirm_id.reason": "Kent u {company} niet? Dan mag u deze e-mail verwijderen: er verandert niets.",
    "letter.id_change.subject": "Uw WinBooks-ID wordt gewijzigd",
    "letter.id_change.title": "Uw WinBooks-ID wordt gewijzigd",
    "letter.id_change.introduction": "{company} vroeg om uw WinBooks-ID te vervangen door een ander e-mailadres. De wijziging geldt zodra dat adres bevestigd is.",
    "letter.id_change.remark": "Wist u hier niets van? Verwittig dan meteen {company}: de wijziging kan nog worden ingetrokken.",
    "letter.id_change.reason": "U ontvangt deze e-mail omdat dit adres tot nu toe uw WinBooks-ID is.",
    "letter.changed_at": "Gewijzigd",
    "letter.changed_password.subject": "Het wachtwoord van uw WinBooks-ID is gewijzigd",
    "letter.changed_password.title": "Uw wachtwoord is gewijzigd",
    "letter.changed_password.introduction": "Het wachtwoord van uw WinBooks-ID bij {company} is gewijzigd. Het vorige werkt niet meer.",
    "letter.changed_password.remark": "Wist u hier niets van? Verwittig dan meteen {company}.",
    "letter.changed_password.reason": "U ontvangt deze e-mail omdat dit adres uw WinBooks-ID is.",
    "letter.changed_winbooks_id.subject": "Uw WinBooks-ID is gewijzigd",
    "letter.changed_winbooks_id.title": "Uw WinBooks-ID is gewijzigd",
    "letter.changed_winbooks_id.introduction": "{company} heeft uw WinBooks-ID vervangen door een ander e-mailadres. Met de ID hieronder meldt u zich niet meer aan.",
    "letter.changed_winbooks_id.remark": "Wist u hier niets van? Verwittig dan meteen {company}.",
    "letter.changed_winbooks_id.reason": "U ontvangt deze e-mail omdat dit adres uw WinBooks-ID was.",
    # Advice on weak passwords
    "password_advice.row_of_keys": "Een rij toetsen naast elkaar is makkelijk te raden.",
    "password_advice.keyboard_pattern": "Korte patronen op het toetsenbord zijn makkelijk te raden; kies een langer patroon met meer bochten.",
    "password_advice.repeats": ("Herhaalde woorden en tekens voegen bijna niets toe."),
    "password_advice.sequences": "Reeksen zoals ‘abc’ of ‘6543’ zijn makkelijk te raden.",
    "password_advice.years": (
        "Vermijd recente jaren en jaren die met u te maken hebben."
    ),
    "password_advice.dates": (
        "Datums zijn makkelijk te raden, zeker als ze met u te maken hebben."
    ),
    "password_advice.common_password": (
        "Dit is een van de meest gebruikte wachtwoorden."
    ),
    "password_advice.similar_to_common": ("Dit lijkt op een veelgebruikt wachtwoord."),
    "password_advice.single_word": ("Eén woord alleen is makkelijk te raden."),
    "password_advice.names": ("Voornamen en achternamen zijn makkelijk te raden."),
    "password_advice.few_words": "Kies enkele woorden die niets met elkaar te maken hebben, geen bekende uitdrukking.",
    "password_advice.another_word": ("Voeg een of twee woorden toe, liefst ongewone."),
    "password_advice.capitals": (
        "Een hoofdletter vooraan, of overal hoofdletters, helpt weinig."
    ),
    "password_advice.reversed": (
        "Een omgekeerd woord is nauwelijks moeilijker te raden."
    ),
    "password_advice.substitutions": "Tekens in de plaats van letters, zoals ‘@’ voor ‘a’, helpen weinig.",
    # Audits of password policies
    "password_audit.min_length": ("Minstens {needed} tekens."),
    "password_audit.max_length": ("Minstens {needed} tekens zijn toegelaten."),
    "password_audit.no_composition": "Er zijn geen soorten tekens verplicht.",
    "password_audit.kinds": ("Minstens {needed} soorten tekens."),
    "password_audit.blocklist": (
        "Veelgebruikte en uitgelekte wachtwoorden worden geweigerd."
    ),
    "password_audit.context_words": "Woorden die naar het bedrijf en zijn producten verwijzen, worden geweigerd.",
    "password_audit.no_dictionary_words": "Naast de woordenboekwoorden van de lijsten zijn er minstens {needed} verschillende tekens.",
    "password_audit.accepted": "Aanvaard wordt bijvoorbeeld: {password}",
    "password_audit.accepted_for": "Aanvaard wordt voor {person} bijvoorbeeld: {password}",
    "password_audit.personal_words": ("Geen deel van de naam van de gebruiker."),
    "password_audit.all_characters": (
        "Alle afdrukbare tekens en spaties van Unicode worden aanvaard."
    ),
    "password_audit.normalised": (
        "De tekst wordt genormaliseerd (NFC) en nooit afgekapt."
    ),
    "password_audit.no_periodic_change": "Er wordt nooit zonder reden een nieuw wachtwoord gevraagd.",
    "password_audit.limited_attempts": ("Het aantal pogingen is beperkt."),
    "password_audit.second_factor": "Er wordt een tweede factor gevraagd.",
    "password_audit.compensation.no_composition": "Verplichte soorten tekens zijn in strijd met deze clausule, die dus niet vervuld is. De lengte, de sterkte en de geweigerde woorden compenseren dat: elk gegenereerd wachtwoord voldoet aan beide eisen.",
    "password_audit.compensation.min_length": "Een tweede factor of een hoger minimum compenseert dit; gegenereerde wachtwoorden hebben 16 tekens.",
    # Provisioning files
    "provisioning_file.not_toml": "Dit is geen TOML, vanaf kolom {column}.",
    "provisioning_file.unknown_table": "De tabel {name} bestaat niet; {nearest} lijkt er het meest op.",
    "provisioning_file.unknown_field": "Het veld {name} bestaat hier niet; {nearest} lijkt er het meest op.",
    "provisioning_file.not_one_table": "Schrijf [{name}], één keer.",
    "provisioning_file.not_tables": "Schrijf telkens [[{name}]].",
    "provisioning_file.not_quoted": (
        "Zet de waarde tussen aanhalingstekens: het is tekst."
    ),
    "provisioning_file.same_winbooks_id": (
        "Deze WinBooks-ID staat al in dit bestand, op regel {first_line}."
    ),
    "provisioning_file.same_dossier": (
        "Dit dossier staat al in dit bestand, op regel {first_line}."
    ),
    "provisioning_file.undeclared_dossier": "Dit bestand bevat geen [[dossier]] met nummer {number}.",
    # The command line
    "cli.not_installed": (
        "De opdrachtregel heeft meer pakketten nodig. Voer uit: pip install"
        " 'winbooks-identity[cli]'"
    ),
    "cli.interrupted": "Onderbroken.",
    "cli.no_on_web_connection": (
        "De opdrachtregel heeft geen verbinding met WinBooks on Web en kan"
        " deze logins en wachtwoorden dus niet controleren. Maak de"
        " gebruikers van deze licentie aan in het product of synchroniseer"
        " ze."
    ),
    # The command line: wrong usage
    "cli.usage.unknown_option": "Die optie bestaat niet; {nearest} lijkt er het meest op.",
    "cli.usage.unknown_command": "Die opdracht bestaat niet. Kies een van de volgende: {commands}.",
    "cli.usage.too_much": (
        "Er is een argument te veel. Als het een wachtwoord was: de shell"
        " bewaart het nu in zijn geschiedenis. Wachtwoorden worden gevraagd"
        " of van de standaardinvoer gelezen."
    ),
    "cli.usage.missing": "{name} ontbreekt.",
    "cli.usage.wrong_value": "{name} aanvaardt deze waarde niet.",
    "cli.usage.repeated": "Geef {name} maar één keer op.",
    "cli.usage.wrong": "Deze argumenten horen niet bij elkaar.",
    "cli.usage.one_destination": "Geef --mail-dir of --smtp-host op, niet allebei.",
    "cli.usage.no_destination": "Geef op waar de e-mails naartoe gaan: --mail-dir of --smtp-host.",
    "cli.usage.key_in_use": "De sleutel {id} is in gebruik. Plaats er eerst een nieuwe voor: winbooks-identity key rotate.",
    "cli.usage.no_such_key": "Eén van deze sleutels staat niet in het bestand. De opdracht key list toont welke er wel in staan.",
    "cli.usage.which_mails": "Noem de e-mails met hun id, of met --reason, of neem --all.",
    "cli.usage.no_such_mail": "Eén van deze id’s hoort bij geen enkele zo’n e-mail, of bij meer dan één. De opdracht mail list toont ze.",
    "cli.usage.no_sender": "Er moeten e-mails verstuurd worden: geef --sender en --portal-url op, of --mail-dir om ze alleen te bekijken.",
    "cli.usage.wrong_sender": "--sender vraagt een e-mailadres, --portal-url een adres met https://.",
    "cli.usage.unsafe_smtp": "Zonder versleuteling gaan e-mails alleen naar een server op deze computer; en --smtp-user hoort bij --smtp-password-file.",
    "cli.usage.wrong_address": "Een databank is het pad van een SQLite-bestand, of een adres dat met postgresql:// begint.",
    "cli.usage.password_in_address": "Een wachtwoord hoort niet in het adres van de databank: anderen zouden het kunnen lezen. Geef het met PGPASSWORD, het bestand .pgpass of een servicebestand.",
    "cli.usage.no_key_file": "Zeg bij PostgreSQL waar de sleutels zijn: --key-file of WINBOOKS_IDENTITY_KEY_FILE. De opdracht key create maakt ze aan.",
    "cli.usage.no_token_file": "Zeg bij PostgreSQL waar de tokens staan: --tokens of WINBOOKS_IDENTITY_SCIM_TOKENS.",
    "cli.usage.no_such_token": "Er is geen token met dit id. De opdracht scim token list toont welke er zijn.",
    "cli.usage.token_not_seen": "Een token wordt één keer getoond, en hier zou niemand het zien. Voeg --show-token toe om het naar een bestand of een ander programma te schrijven.",
    "cli.usage.no_one": "Noem gebruikers met hun WinBooks ID’s, of in een bestand met --from.",
    "cli.usage.on_or_off": "Zeg --on of --off.",
    "cli.usage.no_grants": "Zeg waarover het gaat: --dossier, --dossiers-of of --role.",
    "cli.usage.no_details": "Zeg wat verbeterd moet worden, bijvoorbeeld --last-name.",
    "cli.usage.erase": "Wissen kan niet ongedaan worden gemaakt. Bekijk het met --dry-run en voeg dan --yes toe.",
    "cli.usage.one_password": "Een getypt wachtwoord is voor één gebruiker; neem --generate-password voor meerdere.",
    "cli.usage.new_id": "Noem het huidige WinBooks ID en het nieuwe.",
    "cli.usage.no_link_page": "Een e-mail met een link heeft --sender, --portal-url en --page nodig.",
    "cli.usage.wrong_link_page": "--sender is een e-mailadres; --portal-url en --page beginnen met https://.",
    "cli.usage.backup_of_server": "Een PostgreSQL-databank wordt met haar eigen programma gekopieerd, pg_dump.",
    "cli.database.backed_up": "De kopie staat in {path}. De sleutels staan er niet in: bewaar ze op een andere plaats.",
    "cli.database.upgraded": ("De tabellen zijn bijgewerkt."),
    "cli.database.usable": Plural(
        "number",
        "De databank en haar sleutels kunnen gebruikt worden; ze bevat {number} licentie.",
        "De databank en haar sleutels kunnen gebruikt worden; ze bevat {number} licenties.",
    ),
    "cli.key.in_use": "{id}  in gebruik, gemaakt op {day}",
    "cli.key.opens": "{id}  opent alleen nog wat ermee verzegeld is, gemaakt op {day}",
    "cli.key.day_unknown": "een onbekende dag",
    "cli.scim.listening": "Identiteitsproviders krijgen antwoord op {url}. Ctrl-C stopt de server.",
    "cli.scim.no_tls": "Dit adres is van buitenaf bereikbaar en HTTP is niet versleuteld: zet er een proxy met TLS voor en noem die met --proxy.",
    "cli.scim.cannot_listen": "De server kan daar niet luisteren: het adres is niet van deze machine, of de poort is in gebruik.",
    "cli.scim.shown_once": "Kopieer dit token nu: het wordt niet nog eens getoond.",
    "cli.scim.revoked": "Het token {id} is beëindigd.",
    "cli.scim.none": "Er is geen token.",
    "cli.scim.never": "nooit",
    "cli.scim.id": "Id",
    "cli.scim.licence": "Licentie",
    "cli.scim.client": "Client",
    "cli.scim.expires_at": "Eindigt",
    "cli.usage.help": "Meer uitleg: {command} --help",
    "cli.usage.no_such_revision": "Een wachtwoordbeleid in een Git-revisie is git:REVISIE:PAD, zoals git:main:policy.toml.",
    "cli.usage.no_such_policy": "Een wachtwoordbeleid is een .toml- of .json-bestand, of een van: {names}.",
    # The command line: help
    "cli.help.program": "WinBooks-ID’s beheren: gebruikers, hun wachtwoorden en hun e-mails.",
    "cli.help.usage": "Gebruik: {usage}",
    "cli.help.commands": "Opdrachten",
    "cli.help.arguments": "Argumenten",
    "cli.help.parameters": "Opties",
    "cli.help.mail": "E-mail",
    "cli.help.filters": "Filters",
    "cli.help.output": "Uitvoer",
    "cli.help.choices": "[keuze: {values}]",
    "cli.help.default": "[standaard: {value}]",
    "cli.help.required": "[verplicht]",
    "cli.help.exit_codes": "Exitcodes: 0 gelukt; 1 geweigerd of ongeldig; 2 verkeerd gebruikt; 69 iets wat nodig is, is niet beschikbaar; 75 gedeeltelijk gelukt, probeer het opnieuw; 130 onderbroken.",
    "cli.help.exit_codes_of_diff": "Exitcodes: 0 gelijk; 1 strenger; 2 soepeler; 3 niet te vergelijken; 64 verkeerd gebruikt; 65 een wachtwoordbeleid is ongeldig of te groot; 69 een bestand is niet beschikbaar; 130 onderbroken.",
    # The command line: what stands for a value
    "cli.placeholder.command": "OPDRACHT",
    "cli.placeholder.options": "OPTIES",
    "cli.placeholder.args": "ARGUMENTEN",
    "cli.placeholder.path": "PAD",
    "cli.placeholder.address": "ADRES",
    "cli.placeholder.str": "TEKST",
    "cli.placeholder.int": "GETAL",
    "cli.placeholder.choice": "KEUZE",
    "cli.placeholder.file": "BESTAND",
    "cli.placeholder.files": "BESTANDEN",
    "cli.placeholder.source": "BRON",
    "cli.placeholder.policy": "BELEID",
    "cli.placeholder.old": "OUD",
    "cli.placeholder.new": "NIEUW",
    "cli.placeholder.standard": "NORM",
    "cli.placeholder.winbooks_id": "WINBOOKS_ID",
    "cli.placeholder.whom": "WINBOOKS_IDS",
    "cli.placeholder.number": "NUMMER",
    "cli.placeholder.name": "NAAM",
    "cli.placeholder.holder": "KANTOOR",
    "cli.placeholder.ids": "IDS",
    "cli.placeholder.mail_id": "ID",
    "cli.placeholder.token_id": "ID",
    # The command line: commands
    "cli.command.help": "Deze hulp tonen.",
    "cli.command.version": "De versie tonen.",
    "cli.command.provision": "De gebruikers van een kantoor aanmaken uit een bestand.\n\nEerst wordt het hele bestand gecontroleerd; elk probleem wordt met zijn regelnummer getoond. Wat al bestaat, blijft zoals het is: u kunt de opdracht gerust opnieuw uitvoeren.",
    "cli.command.user": "Gebruikers aanmaken, tonen en wijzigen wat ze mogen.",
    "cli.command.user.create": "Eén gebruiker aanmaken; wat ontbreekt, wordt gevraagd.\n\nEen wachtwoord dat niet gegenereerd wordt, wordt in de terminal gevraagd; anders is het de eerste regel van de standaardinvoer. Het is nooit een argument.",
    "cli.command.user.list": "De gebruikers van een licentie opsommen.",
    "cli.command.user.show": "Eén gebruiker tonen, veld per veld.",
    "cli.command.user.edit": "Namen, bedrijf, telefoon of taal verbeteren; de rechten blijven.\n\nwinbooks-identity user edit an@office.example --last-name Maes",
    "cli.command.user.activate": "Gebruikers laten inloggen, voor het eerst of opnieuw.\n\nWie al actief is, blijft dat.",
    "cli.command.user.deactivate": "Gebruikers niet meer laten inloggen; al het andere blijft.\n\nE-mails met een wachtwoord of een link aan hen worden ingetrokken.",
    "cli.command.user.change-level": "Gebruikers een ander niveau geven.\n\nwinbooks-identity user change-level an@office.example --to Administrator",
    "cli.command.user.grant": "Gebruikers dossiers en rollen geven, naast die ze al hebben.\n\nwinbooks-identity user grant an@office.example --dossier KORENAAR --role Connect.Accountant",
    "cli.command.user.revoke": "Gebruikers dossiers, met hun notificaties, en rollen afnemen.\n\nAlles wat genoemd wordt, gaat in één keer, of niets.",
    "cli.command.user.notify": "De notificaties voor alle dossiers van gebruikers in- of uitschakelen.",
    "cli.command.user.reset-password": "Gebruikers een ander wachtwoord geven, dat ze bij hun eerste aanmelding wijzigen.\n\nEen wachtwoord dat niet gegenereerd wordt, wordt op een terminal gevraagd; anders is het de eerste regel van de standaardinvoer. Het is nooit een argument.",
    "cli.command.user.send-link": "Gebruikers een link mailen waarmee ze zelf een wachtwoord kiezen.\n\nDe e-mail wacht in de databank en vertrekt met deliver.",
    "cli.command.user.change-id": "Gebruikers een ander WinBooks ID geven, zodra het adres bevestigd is.\n\nBeide adressen krijgen een e-mail. Op elke regel van een bestand voor --from staat het nieuwe ID achter het huidige en een puntkomma.",
    "cli.command.user.withdraw-id": "De WinBooks ID’s loslaten die op hun bevestiging wachten.",
    "cli.command.user.erase": "Gebruikers wissen, met alles wat over hen bewaard wordt.\n\nDat er iets gebeurd is, blijft, zonder naam. Het kan niet ongedaan worden gemaakt: bekijk het met --dry-run en voeg dan --yes toe.",
    "cli.command.user.export": "Alles tonen wat over gebruikers bewaard wordt, als JSON, voor de mensen zelf.",
    "cli.command.user.history": "Tonen wat er met gebruikers gebeurde, en wie het deed.\n\nEen gewiste gebruiker wordt genoemd met de interne sleutel die user show toont.",
    "cli.command.user.explain": "Zeggen waarom gebruikers een dossier of de digitale producten kunnen openen, of wat er ontbreekt.",
    "cli.command.deliver": "De wachtende e-mails versturen.",
    "cli.command.sync": "De gebruikers van een on Web-licentie gelijkzetten met het licentiebeheer.\n\nZonder --apply wordt het plan getoond en verandert er niets. Met --json kunt u het bewaren, mailen en later vanuit het bestand uitvoeren.",
    "cli.command.collisions": "Accounts van een tabel zoeken die een WinBooks-ID zouden delen, of dat lijken te doen.\n\nOp elke regel staan de naam van het account en het adres, of alleen het adres; het scheidingsteken is een puntkomma, een komma of een tab. Er wordt niets samengevoegd. De exitcode is 1 als er tweelingen zijn: twee accounts die niet allebei kunnen blijven.",
    "cli.command.licence.rename-dossier": "Een dossier een andere naam geven; de toegang blijft.",
    "cli.command.licence.add-dossier": "Een dossier aan een licentie toevoegen.",
    "cli.command.licence.rename": "De houder van een licentie een andere naam geven.\n\nGebruikers houden het bedrijf waarmee ze aangemaakt zijn.",
    "cli.command.licence.show": "Een licentie en haar dossiers tonen.",
    "cli.command.licence.list": "De licenties opsommen.",
    "cli.command.licence": "Licenties tonen, en hun namen en dossiers wijzigen.",
    "cli.command.password": "Wachtwoorden genereren en controleren.",
    "cli.command.password.generate": "Een wachtwoord genereren dat het Portaal aanvaardt.\n\nAlle aanvaarde wachtwoorden hebben evenveel kans; tekens die op elkaar lijken, komen er niet in voor.",
    "cli.command.password.check": "Nagaan of het Portaal een wachtwoord aanvaardt, en zo niet, waarom.\n\nHet wordt in de terminal gevraagd; anders is het de eerste regel van de standaardinvoer. Het is nooit een argument.",
    "cli.command.password.index-leaks": "Een bestand voor --breached maken uit een lijst van gelekte wachtwoorden.\n\nDe lijst is tekst, op elke regel een SHA-1 met of zonder aantal, zoals zulke lijsten te downloaden zijn. Ze mag groter zijn dan het geheugen.",
    "cli.command.policy": "Een wachtwoordbeleid tonen, vergelijken en toetsen.",
    "cli.command.policy.show": "De regels van een wachtwoordbeleid tonen.",
    "cli.command.policy.diff": "Een nieuw wachtwoordbeleid met het oude vergelijken.\n\nHet antwoord is exact, geen steekproef. Regels die een schatting of een opzoeking vragen, zijn niet wachtwoord per wachtwoord te vergelijken: voor die regels telt of ze meer of minder vragen.",
    "cli.command.policy.gate": "Wijzigingen van wachtwoordbeleid weigeren die niet toegelaten zijn; voor een hook.\n\nElk bestand wordt vergeleken met zichzelf in een Git-revisie, een nieuw met het beleid van het Portaal. De exitcode is 1 als een wijziging niet toegelaten is.",
    "cli.command.policy.audit": "Een wachtwoordbeleid toetsen aan een norm, clausule per clausule.\n\nDe exitcode is 1 als aan een clausule niet voldaan is.",
    "cli.command.policy.impact": "Tonen wat een nieuw wachtwoordbeleid betekent voor de bewaarde wachtwoorden.\n\nDaar is geen wachtwoord voor nodig: elk is bewaard met de vingerafdruk van het beleid dat het aanvaardde. Alle licenties worden geteld, tenzij u er met --licence of --as één kiest.",
    "cli.command.mail": "De e-mails opvolgen: welke wachten, welke opgegeven zijn, en waarom.",
    "cli.command.mail.list": "De e-mails opsommen die wachten of opgegeven zijn, de laatste eerst.",
    "cli.command.mail.show": "Eén e-mail tonen, veld per veld; nooit de inhoud.",
    "cli.command.mail.retry": "E-mails die op een volgende poging wachten of opgegeven zijn, meteen laten proberen.\n\nDe inhoud van een opgegeven e-mail blijft bewaard tot een week nadat hij verlopen is; wat verlopen is, wordt niet meer verstuurd.",
    "cli.command.mail.discard": "E-mails intrekken die wachten of opgegeven zijn. De inhoud wordt gewist, dus worden ze nooit verstuurd.",
    "cli.command.mail.hold": "Alle wachtende e-mails tegenhouden, zoals na een herstel.\n\nmail list toont ze, mail retry geeft ze vrij, mail discard trekt ze in.",
    "cli.command.key": "De sleutels maken, opsommen en vervangen die de e-mails verzegelen.",
    "cli.command.key.create": "Een bestand met één nieuwe sleutel maken.",
    "cli.command.key.list": "De sleutels van een bestand opsommen, eerst die in gebruik. Alleen de id wordt getoond, nooit de sleutel.",
    "cli.command.key.rotate": "Een nieuwe sleutel vooraan plaatsen. De oude openen nog wat ermee verzegeld is.\n\nHet bestand behoudt zijn eigenaar, zijn rechten en zijn plaats; herstart de programma’s die het lezen, eerst die de e-mails versturen.",
    "cli.command.key.remove": "Oude sleutels uit een bestand verwijderen.\n\nWat ermee verzegeld is, kan niet meer geopend worden: wacht eerst tot er geen e-mail van voor de vervanging meer over is.",
    "cli.command.database": "De databank onderhouden.",
    "cli.command.database.backup": "Een SQLite-bestand kopiëren terwijl anderen ermee werken. De sleutels staan niet in de kopie.",
    "cli.command.database.check": "Zeggen of de databank en haar sleutels gebruikt kunnen worden; er verandert niets.",
    "cli.command.database.upgrade": "De tabellen van de databank bijwerken; in PostgreSQL ook aanmaken.",
    "cli.command.scim": "Laat identiteitsproviders zoals Entra ID en Okta kantoren inrichten.",
    "cli.command.scim.serve": "Antwoord identiteitsproviders die SCIM 2.0 spreken.\n\nDe server spreekt HTTP: een proxy ervoor voegt TLS toe. Hij stopt met Ctrl-C of SIGTERM, zodra de lopende aanvragen klaar zijn.",
    "cli.command.scim.token": "Maak, toon, vervang en beëindig de tokens van identiteitsproviders.",
    "cli.command.scim.token.create": "Maak een token, waarmee een identiteitsprovider één licentie inricht.\n\nHet wordt één keer getoond: alleen een hash wordt bewaard.",
    "cli.command.scim.token.list": "Toon de tokens. Geen token zelf wordt getoond, alleen zijn id.",
    "cli.command.scim.token.rotate": "Maak een token in de plaats van een ander.\n\nHet andere blijft nog een tijd geldig, zodat de identiteitsprovider intussen het nieuwe kan krijgen.",
    "cli.command.scim.token.revoke": "Beëindig een token onmiddellijk.",
    # The command line: options
    "cli.option.database": "Het SQLite-bestand waarin alles bewaard wordt, of postgresql://... zonder wachtwoord. Ook WINBOOKS_IDENTITY_DATABASE.",
    "cli.option.backup": "Het nieuwe bestand waar de kopie in komt.",
    "cli.option.key_file": "De sleutels die de e-mails verzegelen; standaard naast een SQLite-bestand, met .key achter het pad. Ook WINBOOKS_IDENTITY_KEY_FILE.",
    "cli.option.scim_tokens": "Het bestand met de tokens; standaard naast een SQLite-bestand, met .scim achter zijn pad. Ook WINBOOKS_IDENTITY_SCIM_TOKENS.",
    "cli.option.scim_client": "Hoe de identiteitsprovider in de geschiedenis heet, zoals Entra ID.",
    "cli.option.scim_days": "Hoeveel dagen het token geldig is; standaard zonder einde.",
    "cli.option.keep_hours": "Hoeveel uur het andere token geldig blijft.",
    "cli.option.show_token": "Toon het token ook als het resultaat naar een bestand of een ander programma gaat.",
    "cli.option.scim_token_id": "Het id van het token, zoals scim token list het toont.",
    "cli.option.scim_licence": "Alleen tokens van deze licentie worden aanvaard; mag meermaals. Standaard alle licenties.",
    "cli.option.scim_erase": "In deze licentie worden gebruikers die een identiteitsprovider verwijdert gewist, en niet alleen gedeactiveerd; mag meermaals.",
    "cli.option.scim_host": "Het adres om op te luisteren.",
    "cli.option.scim_port": "De poort om op te luisteren; 0 neemt een vrije poort.",
    "cli.option.scim_proxy": "Het adres van de proxy waarvan X-Forwarded-For, -Proto en -Host worden geloofd.",
    "cli.option.scim_send_credentials": "Mail nieuwe gebruikers hun logingegevens.",
    "cli.option.key_ring": "Het bestand met de sleutels.",
    "cli.option.key_ids": "De id’s van de sleutels, zoals key list ze toont.",
    "cli.option.accounts": "Een bestand met een account op elke regel.",
    "cli.option.dossier_name": "De naam van het dossier.",
    "cli.option.dossier_number": "Het nummer van het dossier.",
    "cli.option.holder": "De volledige naam van het kantoor.",
    "cli.option.mail_state": "Welke e-mails: waiting, sent, dead (opgegeven of tegengehouden) of withdrawn; standaard waiting en dead.",
    "cli.option.mail_of": "Alleen de e-mails aan deze WinBooks ID.",
    "cli.option.mail_id": "De id van de e-mail, of het begin ervan, zoals mail list hem toont.",
    "cli.option.mail_ids": "De id’s van de e-mails, of het begin ervan, zoals mail list ze toont.",
    "cli.option.mail_reason": "De e-mails met deze code als reden, zoals mail list ze tussen haakjes toont.",
    "cli.option.mail_all": "Alle die wachten of opgegeven zijn; retry laat de tegengehouden e-mails liggen, die --reason mail.held verstuurt.",
    "cli.option.as": "Handelen als de gebruiker met deze WinBooks-ID, met de rechten van die gebruiker; standaard als de verdeler.",
    "cli.option.operator": "Wie aan het toetsenbord zit, voor de geschiedenis; standaard de naam van uw account. Ook WINBOOKS_IDENTITY_OPERATOR.",
    "cli.option.licence": "Het nummer van de licentie; niet nodig als er maar één is.",
    "cli.option.show_passwords": "Wachtwoorden die u zelf moet doorgeven ook tonen als het resultaat naar een bestand of een ander programma gaat.",
    "cli.option.sender": "Het adres van de afzender van de e-mails.",
    "cli.option.portal_url": "Het webadres waar men zich aanmeldt; het begint met https://.",
    "cli.option.mail_dir": "Elke e-mail als .eml-bestand in deze map zetten.",
    "cli.option.smtp_host": "De e-mails via deze server versturen.",
    "cli.option.smtp_port": "De poort van de server; standaard de gebruikelijke voor --smtp-security.",
    "cli.option.smtp_security": "Hoe de verbinding beveiligd is.",
    "cli.option.smtp_user": "De naam om mee aan te melden.",
    "cli.option.smtp_password_file": "Het bestand met op de eerste regel het wachtwoord om mee aan te melden.",
    "cli.option.json": "Antwoorden met één JSON-document.",
    "cli.option.language": "De taal van de teksten; standaard die van LC_ALL of LANG.",
    "cli.option.file": "Het bestand met de licentie, de dossiers en de gebruikers, in TOML.",
    "cli.option.dry_run": "Het plan tonen en niets wijzigen.",
    "cli.option.new_winbooks_id": "Het e-mailadres van de nieuwe gebruiker.",
    "cli.option.whom": "De WinBooks-ID van de gebruiker.",
    "cli.option.users": "De WinBooks ID’s van de gebruikers.",
    "cli.option.csv": "Een nieuw bestand voor Excel; het wordt met puntkomma’s geschreven.",
    "cli.option.only_text": "Alleen gebruikers met deze tekst in hun ID, naam, bedrijf of telefoon.",
    "cli.option.only_must_change": "Alleen gebruikers die een eerste wachtwoord nog moeten wijzigen: wie zich nooit aanmeldde, hoort daarbij.",
    "cli.option.only_role": "Alleen gebruikers met deze rol.",
    "cli.option.only_dossier": "Alleen gebruikers die het dossier met dit nummer kunnen openen.",
    "cli.option.only_status": "Alleen gebruikers die zich kunnen aanmelden, of alleen wie dat niet kan.",
    "cli.option.only_level": "Alleen gebruikers van dit niveau.",
    "cli.option.from": "Een bestand met op elke regel een WinBooks ID, voor meer gebruikers; - is de standaardinvoer.",
    "cli.option.new_id": "Het nieuwe WinBooks ID.",
    "cli.option.dossiers_of_step": "Het nummer van een dossier; mag herhaald worden.",
    "cli.option.dossiers_of": "Alle dossiers die de gebruiker met dit WinBooks ID kan openen.",
    "cli.option.notices": "Schakel ze in, of uit.",
    "cli.option.new_phone": "Telefoon; een lege tekst neemt het weg.",
    "cli.option.yes": "Voorgoed wissen.",
    "cli.option.link_page": "De pagina waar de link naartoe leidt; ze begint met https://. Ook WINBOOKS_IDENTITY_LINK_PAGE.",
    "cli.option.explained": "Het nummer van het dossier, meermaals voor meerdere; standaard de digitale producten.",
    "cli.option.generate_password": "Een wachtwoord laten genereren.",
    "cli.option.level": "Gebruiker, Power User of Administrator; een Gebruiker is een eindklant.",
    "cli.option.user_language": "De taal van de gebruiker: nl, fr of en.",
    "cli.option.activate": "De gebruiker meteen activeren, of nog niet.",
    "cli.option.send_credentials": "De inloggegevens naar de gebruiker mailen.",
    "cli.option.dossier": "Een dossier waartoe de gebruiker toegang krijgt; mag herhaald worden.",
    "cli.option.role": "Een rol; mag herhaald worden.",
    "cli.option.notify_all_dossiers": "De notificaties voor alle dossiers van de gebruiker activeren.",
    "cli.option.loop": "Blijven versturen wat erbij komt, tot Ctrl-C.",
    "cli.option.length": "Het aantal tekens.",
    "cli.option.count": "Het aantal wachtwoorden.",
    "cli.option.plain_start": "Met een letter of cijfer beginnen, zodat geen rekenblad het wachtwoord voor een formule houdt.",
    "cli.option.password_policy": "De regels voor wachtwoorden: de naam van een beleid of het bestand ervan.",
    "cli.option.breached": "Een bestand met gelekte wachtwoorden dat password index-leaks maakte; zonder wordt er geen opgezocht.",
    "cli.option.leaks": "De lijst van gelekte wachtwoorden.",
    "cli.option.leaks_index": "Het bestand dat gemaakt wordt, voor --breached.",
    "cli.option.about": "Wat anderen van de persoon weten: een naam, een bedrijf; meermaals.",
    "cli.option.policy": "De naam van een wachtwoordbeleid, een .toml- of .json-bestand, of een in een Git-revisie: git:main:policy.toml.",
    "cli.option.share_length": "De lengte waarvoor het aandeel geweigerde wachtwoorden berekend wordt.",
    "cli.option.report_format": "Hoe het verslag geschreven wordt.",
    "cli.option.people": "Een lijst van wachtwoorden die mensen kiezen: habits, public, of een bestand, in klare tekst of met SHA-1-hashes; één keer per lijst.",
    "cli.option.policy_files": "De bestanden met wachtwoordbeleid.",
    "cli.option.against": "De Git-revisie om mee te vergelijken.",
    "cli.option.allow": "Welke wijzigingen toegelaten zijn; mag herhaald worden. Een gelijk beleid is het altijd; zonder deze optie is alleen een strenger toegelaten.",
    "cli.option.standard": "De norm waaraan getoetst wordt.",
    "cli.option.known": "Een vroeger wachtwoordbeleid in een .toml- of .json-bestand; mag herhaald worden. Wat een naam heeft, is al bekend.",
    "cli.option.export": "De export: .csv, of .jsonl met één JSON-object per regel. Of een plan dat eerder met --json is gemaakt: .json.",
    "cli.option.apply": "Het plan uitvoeren.",
    "cli.option.deactivate": "Deactiveren wie in een volledige export ontbreekt of er niet actief is.",
    "cli.option.reactivate": "Ook gebruikers opnieuw activeren die door een persoon gedeactiveerd zijn.",
    "cli.option.at_most": "Hoeveel gebruikers er gedeactiveerd mogen worden, hoeveel opnieuw geactiveerd, en hoeveel er een andere WinBooks-ID mogen krijgen; standaard 3, of één op tien als dat meer is.",
    # The command line: provisioning
    "cli.provision.refused": Plural(
        "number",
        "1 probleem: er is niets gedaan.",
        "{number} problemen: er is niets gedaan.",
    ),
    "cli.provision.creating": "Gebruikers aanmaken",
    "cli.provision.nobody": "Het bestand bevat geen gebruikers.",
    "cli.provision.nothing_done": "Dit is het plan: er is niets gedaan.",
    "cli.provision.nothing_changed": "Er is niets gewijzigd: iedereen bestaat al.",
    "cli.provision.interrupted": (
        "Onderbroken. Elke gebruiker hierboven is volledig; voer dezelfde"
        " opdracht opnieuw uit voor de rest."
    ),
    "cli.provision.withheld": Plural(
        "number",
        (
            "1 gegenereerd wachtwoord zou niemand bereiken, dus is er niets"
            " gedaan. Voeg --show-passwords toe, of send_credentials = true in"
            " het bestand."
        ),
        (
            "{number} gegenereerde wachtwoorden zouden niemand bereiken, dus is"
            " er niets gedaan. Voeg --show-passwords toe, of send_credentials ="
            " true in het bestand."
        ),
    ),
    "cli.provision.passwords": Plural(
        "number",
        "Geef dit wachtwoord zelf door; het wordt niet opnieuw getoond:",
        ("Geef deze {number} wachtwoorden zelf door; ze worden niet opnieuw getoond:"),
    ),
    "cli.provision.differs": "Anders bewaard en niet gewijzigd: {fields}.",
    "cli.create.withheld": (
        "Het gegenereerde wachtwoord zou niemand bereiken, dus is"
        " er niets gedaan. Voeg --show-passwords of --send-credentials toe."
    ),
    "cli.fate.new": "aan te maken",
    "cli.fate.created": "aangemaakt",
    "cli.fate.unchanged": "ongewijzigd",
    "cli.fate.different": "anders bewaard",
    "cli.fate.refused": "geweigerd",
    "cli.fate.not_reached": "niet bereikt",
    "cli.fate.done": "gedaan",
    "cli.fate.would_be_done": "zou gedaan worden",
    "cli.fate.unknown": "niet bekend",
    "cli.fates.new": "{number} aan te maken",
    "cli.fates.created": "{number} aangemaakt",
    "cli.fates.unchanged": "{number} ongewijzigd",
    "cli.fates.different": "{number} anders bewaard",
    "cli.fates.refused": "{number} geweigerd",
    "cli.fates.not_reached": "{number} niet bereikt",
    "cli.fates.done": "{number} gedaan",
    "cli.fates.would_be_done": "{number} zouden gedaan worden",
    "cli.fates.unknown": "{number} niet bekend: kijk opnieuw",
    # The command line: mails
    "cli.mails.delivered": Plural(
        "number", "1 e-mail verstuurd", "{number} e-mails verstuurd"
    ),
    "cli.mails.none": "Er was geen e-mail te versturen.",
    "cli.mails.waiting": Plural(
        "number",
        "1 e-mail staat klaar; winbooks-identity deliver verstuurt hem.",
        "{number} e-mails staan klaar; winbooks-identity deliver verstuurt ze.",
    ),
    "cli.mails.next_try": Plural(
        "number",
        "1 e-mail wacht; de volgende poging is om {moment}. winbooks-identity mail retry --all en daarna deliver proberen het meteen.",
        "{number} e-mails wachten; de volgende poging is om {moment}. winbooks-identity mail retry --all en daarna deliver proberen het meteen.",
    ),
    "cli.mails.well_again": "De mails worden weer verzonden.",
    "cli.mails.stopped": "Het verzenden is voorlopig gestopt: {reason}",
    "cli.mails.storage_again": "De opslag kan weer gebruikt worden.",
    "cli.mails.postponed": Plural(
        "number",
        "1 e-mail wacht op een nieuwe poging: {reason}",
        "{number} e-mails wachten op een nieuwe poging: {reason}",
    ),
    "cli.mails.held": Plural(
        "number",
        "1 e-mail wordt tegengehouden, zoals na een herstel; winbooks-identity mail list toont hem, en mail retry --reason mail.held verzendt hem.",
        "{number} e-mails worden tegengehouden, zoals na een herstel; winbooks-identity mail list toont ze, en mail retry --reason mail.held verzendt ze.",
    ),
    "cli.mails.given_up": Plural(
        "number",
        "1 e-mail is opgegeven: {reason}",
        "{number} e-mails zijn opgegeven: {reason}",
    ),
    "cli.mails.dead": Plural(
        "number",
        "1 e-mail is opgegeven; winbooks-identity mail list zegt waarom.",
        "{number} e-mails zijn opgegeven; winbooks-identity mail list zegt waarom.",
    ),
    "cli.mail.none": "Zo’n e-mail is er niet.",
    "cli.mail.id": "Id",
    "cli.mail.winbooks_id": "WinBooks ID",
    "cli.mail.kind": "Over",
    "cli.mail.state": "Toestand",
    "cli.mail.code": "Code",
    "cli.mail.reason": "Reden",
    "cli.mail.attempts": "Pogingen",
    "cli.mail.created_at": "Geschreven",
    "cli.mail.due_at": "Aan de beurt",
    "cli.mail.expires_at": "Verloopt",
    "cli.mail.done_at": "Beëindigd",
    "cli.mail.message_id": "Message-ID",
    "cli.mail.is_kept": "Kan opnieuw verstuurd worden",
    "cli.mail.retry": Plural(
        "number",
        "1 e-mail is nu aan de beurt; winbooks-identity deliver verstuurt hem.",
        "{number} e-mails zijn nu aan de beurt; winbooks-identity deliver verstuurt ze.",
    ),
    "cli.mail.would_retry": Plural(
        "number",
        "1 e-mail zou nu aan de beurt zijn.",
        "{number} e-mails zouden nu aan de beurt zijn.",
    ),
    "cli.mail.discard": Plural(
        "number",
        "1 e-mail is ingetrokken.",
        "{number} e-mails zijn ingetrokken.",
    ),
    "cli.mail.would_discard": Plural(
        "number",
        "1 e-mail zou ingetrokken worden.",
        "{number} e-mails zouden ingetrokken worden.",
    ),
    "cli.mail.hold": Plural(
        "number",
        "1 e-mail is tegengehouden.",
        "{number} e-mails zijn tegengehouden.",
    ),
    "cli.mail.would_hold": Plural(
        "number",
        "1 e-mail zou tegengehouden worden.",
        "{number} e-mails zouden tegengehouden worden.",
    ),
    "cli.mail.left": Plural(
        "number",
        "1 e-mail blijft zoals hij is: de inhoud is gewist, of hij is beëindigd.",
        "{number} e-mails blijven zoals ze zijn: hun inhoud is gewist, of ze zijn beëindigd.",
    ),
    "cli.mail_kind.credentials": "aanmeldgegevens",
    "cli.mail_kind.set_password": "link om een wachtwoord te kiezen",
    "cli.mail_kind.confirm_id": "link om een ID te bevestigen",
    "cli.mail_kind.id_change": "bericht over een nieuwe ID",
    "cli.mail_kind.changed": "bericht over een wijziging",
    "cli.mail_state.waiting": "wacht",
    "cli.mail_state.sent": "verstuurd",
    "cli.mail_state.dead": "opgegeven",
    "cli.mail_state.held": "tegengehouden",
    "cli.mail_state.withdrawn": "ingetrokken",
    # The command line: tables and questions
    "cli.column.winbooks_id": "WinBooks ID",
    "cli.column.name": "Naam",
    "cli.column.level": "Niveau",
    "cli.column.status": "Status",
    "cli.column.result": "Resultaat",
    "cli.column.company_name": "Bedrijf",
    "cli.status.active": "actief",
    "cli.status.inactive": "niet actief",
    "cli.yes": "ja",
    "cli.no": "nee",
    "cli.user.working": "Gebruikers",
    "cli.user.an_argument": "een argument",
    "cli.user.line": "regel {number}",
    "cli.user.digital_products": "Digitale producten",
    "cli.user.mailed": "Er wacht een e-mail: deliver verstuurt die.",
    "cli.user.none": "Zo’n gebruiker is er niet.",
    "cli.user.written": Plural(
        "number",
        "{number} gebruiker staat in {path}.",
        "{number} gebruikers staan in {path}.",
    ),
    "cli.breached_unused": "--breached verandert hier niets: dit beleid zoekt geen uitgelekte wachtwoorden op.",
    "cli.password.accepted": "Het Portaal aanvaardt dit wachtwoord.",
    "cli.password.indexed": "Er staan {number} gelekte wachtwoorden in {path}.",
    "cli.password.generated": "laat leeg om er een te genereren",
    "cli.password.repeat": "Herhaal het wachtwoord",
    "cli.password.not_the_same": "De twee wachtwoorden zijn niet gelijk.",
    "cli.field.winbooks_id": "WinBooks ID",
    "cli.field.password": "Wachtwoord",
    "cli.field.level": "Niveau",
    "cli.field.licence": "Licentie",
    "cli.field.status": "Status",
    "cli.field.activate": "Gebruiker activeren",
    "cli.field.dossiers": "Dossiers",
    "cli.field.roles": "Rollen",
    "cli.field.notify_all_dossiers": "Notificaties voor alle dossiers",
    "cli.field.address_proven": "Adres bewezen",
    "cli.field.first_name": "Voornaam",
    "cli.field.last_name": "Achternaam",
    "cli.field.company_name": "Naam bedrijf",
    "cli.field.phone": "Telefoon",
    "cli.field.language": "Taal",
    "cli.field.id": "Interne sleutel",
    "cli.field.id_change": "Nieuw WinBooks ID, nog niet bevestigd",
    "cli.field.new_winbooks_id": "Nieuw WinBooks ID",
    "cli.field.external_id": "In het licentiebeheer",
    "cli.field.credential_source": "Wachtwoord van",
    "cli.field.deactivated_by_feed": "Gedeactiveerd door een synchronisatie",
    "cli.usage.saved_plan": "Een bewaard plan wordt uitgevoerd zoals het is: laat --deactivate en --at-most weg.",
    "cli.sync.applying": "Gebruikers wijzigen",
    "cli.sync.nothing": "Niets te doen: alles stemt overeen met het licentiebeheer.",
    "cli.sync.unchanged": Plural(
        "number",
        "1 gebruiker blijft ongewijzigd.",
        "{number} gebruikers blijven ongewijzigd.",
    ),
    "cli.sync.summary": "Uitgevoerd: {done}; eerder uitgevoerd: {done_before}; geweigerd: {refused}; niet bereikt: {left}.",
    "cli.column.action": "Actie",
    "cli.column.external_id": "In het licentiebeheer",
    "cli.column.detail": "Details",
    "cli.column.at": "Wanneer",
    "cli.column.step": "Stap",
    "cli.column.by": "Door",
    "cli.column.dossier": "Dossier",
    "cli.column.language": "Taal",
    "cli.column.product": "Product",
    "cli.column.holder": "Licentiehouder",
    "cli.collisions.found": Plural(
        "number",
        "Er is {number} botsing gevonden.",
        "Er zijn {number} botsingen gevonden.",
    ),
    "cli.likeness.variants": "varianten",
    "cli.likeness.look_alikes": "dubbelgangers",
    "cli.likeness.twins": "tweelingen",
    "cli.column.survivor": "Voorstel",
    "cli.column.likeness": "Gelijkenis",
    "cli.column.address": "Adres",
    "cli.column.account": "Account",
    # Files that cannot be used
    "unavailable.file": "Dit bestand kan niet gebruikt worden.",
    "unavailable.file_exists": "Dit bestand bestaat al; er is niets overschreven.",
    "unavailable.file_missing": "Dit bestand bestaat niet.",
    "unavailable.file_denied": "U mag hier niet lezen of schrijven.",
    "unavailable.not_a_database": "Dit bestand is geen SQLite-databank.",
    "unavailable.not_a_key_ring": (
        "Dit bestand bevat geen sleutels, of anderen dan u mogen het lezen (chmod 600)."
    ),
    "unavailable.not_a_key_file": "Dit is geen volledig bestand met gelekte wachtwoorden; winbooks-identity password index-leaks maakt er een.",
    "unavailable.not_a_leak_list": "Dit is geen lijst van gelekte wachtwoorden: op elke regel staat een SHA-1 van 40 hexadecimale cijfers, met of zonder dubbele punt en aantal.",
    # Help with passwords
    "password_help.length": ("Minstens {minimum} tekens."),
    "password_help.words": ("Sommige woorden mogen er niet in staan."),
    "password_help.denied": ("Sommige wachtwoorden worden in hun geheel geweigerd."),
    "password_help.common_words": "Vermijd woorden, maanden of jaartallen die als eerste geprobeerd worden.",
    "password_help.personal_words": "Vermijd uw eigen naam, adres of bedrijf.",
    "password_help.personal_word_found": "Gebruik geen enkel deel van uw eigen naam, adres of bedrijf.",
    "password_help.common_word_found": "Gebruik geen gangbaar woord, product of jaartal.",
    "password_help.strength": "Het is moeilijk te raden: enkele woorden die niets met elkaar te maken hebben, volstaan.",
    "password_help.breach_check": ("Uitgelekte wachtwoorden worden geweigerd."),
    # The life of a user
    "life_cycle.step_not_allowed": "‘{step}’ is nu niet mogelijk. Wel mogelijk: {legal}.",
    "life_cycle.credentials_on_web": "Deze gebruiker meldt zich aan met de login en het wachtwoord van WinBooks on Web. Wijzig ze daar.",
    "life_cycle.last_administrator": "Dit is de laatste actieve Administrator van de licentie. Maak eerst iemand anders Administrator.",
    "sign_in.password_change_required": (
        "Kies eerst een eigen wachtwoord: iemand anders heeft dit gezien."
    ),
    "sign_in.refused": "De WinBooks-ID of het wachtwoord is niet juist.",
    "session.ended": "Uw sessie is beëindigd. Meld u opnieuw aan.",
    "request.from_another_site": "Dit kwam van een andere website. Verstuur het formulier vanaf onze eigen pagina.",
    "link.not_good": "Deze link is al gebruikt of niet meer geldig. Vraag een nieuwe aan.",
    "attempts.too_many": Plural(
        by="minutes",
        one="Te veel pogingen. Probeer het over {minutes} minuut opnieuw.",
        other="Te veel pogingen. Probeer het over {minutes} minuten opnieuw.",
    ),
    "attempts.too_many_for_hours": "Te veel pogingen. Probeer het over {hours} uur opnieuw.",
    "product_link.not_linked": "Deze Windows-gebruiker heeft geen WinBooks-ID in WinBooks Classic.",
    "product_link.stale": "{product} gebruikt nog een vroegere WinBooks-ID. Vul daar de huidige in.",
    "product_link.windows_user_required": "Vul in welke Windows-gebruiker van WinBooks Classic dit is.",
    "product_link.windows_user_not_used": "Een Windows-gebruiker hoort alleen bij WinBooks Classic.",
    "product_link.windows_user_invalid": "Een Windows-gebruiker telt 1 tot {maximum} zichtbare tekens.",
    "explain.active": "De account is actief.",
    "explain.not_active": "De account is niet actief.",
    "explain.dossier_granted": "Er is toegang tot dossier {number}.",
    "explain.dossier_not_granted": "Er is geen toegang tot dossier {number}.",
    "explain.roles_held": "De nodige rollen zijn toegekend: {roles}.",
    "explain.no_role": "Geen van deze rollen is toegekend: {roles}.",
    "step.create": "aanmaken",
    "step.activate": "activeren",
    "step.deactivate": "deactiveren",
    "step.change_level": "niveau wijzigen",
    "step.grant_dossiers": "dossiers toekennen",
    "step.revoke_dossiers": "dossiers afnemen",
    "step.grant_roles": "rollen toekennen",
    "step.revoke_roles": "rollen afnemen",
    "step.notify": "notificaties instellen",
    "step.rectify": "persoonsgegevens verbeteren",
    "step.reset_password": "wachtwoord opnieuw instellen",
    "step.set_password": "wachtwoord instellen via een link",
    "step.change_password": "eigen wachtwoord wijzigen",
    "step.change_id": "WinBooks-ID wijzigen",
    "step.confirm_id": "nieuwe WinBooks-ID bevestigen",
    "step.withdraw_id": "nieuwe WinBooks-ID intrekken",
    "step.link_product": "product koppelen",
    "step.unlink_product": "product ontkoppelen",
    "step.erase": "wissen",
    "password.unchanged": "Kies een ander wachtwoord dan het huidige.",
    # Synchronisatie met WinBooks on Web
    "synchronisation.create": "aanmaken",
    "synchronisation.adopt": "overnemen",
    "synchronisation.reactivate": "opnieuw activeren",
    "synchronisation.deactivate": "deactiveren",
    "synchronisation.update": "wijzigen",
    "synchronisation.conflict": "niet gevolgd",
    "synchronisation.keep": "blijft actief",
    "synchronisation.remark": "gevolgd, op één veld na",
    "synchronisation.in_column": "Rij {row}, kolom {column}: {sentence}",
    "synchronisation.hold": "blijft inactief",
    "synchronisation.field.external_id": "referentie",
    "synchronisation.field.winbooks_id": "WinBooks ID",
    "synchronisation.field.first_name": "voornaam",
    "synchronisation.field.last_name": "achternaam",
    "synchronisation.field.language": "taal",
    "synchronisation.field.phone": "telefoon",
    "synchronisation.field.is_active": "actief",
    "synchronisation.field.level": "niveau",
    "synchronisation.yes": "ja",
    "synchronisation.no": "nee",
    "synchronisation.invalid_external_id": "De referentie in het licentiebeheer bestaat uit letters, cijfers en tekens, hoogstens {maximum}.",
    "synchronisation.malformed_record": "Deze record is beschadigd.",
    "synchronisation.doubled": "Een andere record heeft dezelfde referentie of dezelfde login.",
    "synchronisation.ambiguous_external_id": "Twee gebruikers hebben hier deze referentie.",
    "synchronisation.in_another_licence": "Deze WinBooks-ID hoort bij een andere licentie.",
    "synchronisation.held_by_end_customer": "Deze WinBooks-ID is van een eindklant.",
    "synchronisation.held_by_colleague": "Deze WinBooks-ID is van iemand anders, die hem behoudt.",
    "synchronisation.not_declared": "De bron vermeldt niet hoeveel records ze bevat; er kunnen er dus ontbreken.",
    "synchronisation.count_differs": "De bron vermeldt {declared} records, maar er zijn er {counted} gelezen.",
    "synchronisation.not_asked": "Er is niet gevraagd om te deactiveren.",
    "synchronisation.unreadable_records": "Van sommige records is niet te zeggen over wie ze gaan.",
    "synchronisation.last_administrator": "Dit is de laatste actieve Administrator van de licentie.",
    "synchronisation.untold": "Zonder e-mail naar het oude adres wordt de WinBooks-ID van een Administrator niet gewijzigd. Zeg wie die schrijft: --sender en --portal-url.",
    "synchronisation.locked_out": "Een persoon heeft deze gebruiker op de Portal gedeactiveerd. Opnieuw activeren moet gevraagd worden.",
    "synchronisation.empty_snapshot": "De bron bevat geen enkele gebruiker.",
    "synchronisation.too_many_deactivations": Plural(
        "planned",
        "1 gebruiker zou gedeactiveerd worden; hoogstens {allowed} tegelijk is toegelaten.",
        "{planned} gebruikers zouden gedeactiveerd worden; hoogstens {allowed} tegelijk is toegelaten.",
    ),
    "synchronisation.too_many_reactivations": Plural(
        "planned",
        "1 gebruiker zou opnieuw geactiveerd worden; hoogstens {allowed} tegelijk is toegelaten.",
        "{planned} gebruikers zouden opnieuw geactiveerd worden; hoogstens {allowed} tegelijk is toegelaten.",
    ),
    "synchronisation.too_many_address_changes": Plural(
        "planned",
        "1 gebruiker zou een andere WinBooks-ID krijgen; hoogstens {allowed} tegelijk is toegelaten.",
        "{planned} gebruikers zouden een andere WinBooks-ID krijgen; hoogstens {allowed} tegelijk is toegelaten.",
    ),
    "synchronisation.not_a_plan": "Dit is geen plan, of geen volledig plan.",
    "synchronisation.plan_changed": "Dit plan is gewijzigd nadat het is gemaakt, of komt van een andere installatie.",
    "synchronisation.plan_quarantined": "Dit plan wijzigt te veel om het zo uit te voeren.",
    "synchronisation.saved_since_planned": Plural(
        "users",
        "1 gebruiker is gewijzigd sinds het plan is gemaakt. Maak een nieuw plan.",
        "{users} gebruikers zijn gewijzigd sinds het plan is gemaakt. Maak een nieuw plan.",
    ),
    "synchronisation.only_on_web": "Alleen licenties van WinBooks on Web worden gesynchroniseerd. Gebruikers van WinBooks Classic worden met de hand aangemaakt.",
    "authorization.only_distributor": "Alleen de verdeler kan gebruikers synchroniseren.",
    "synchronisation.other_licence": "Dit plan is voor een andere licentie.",
    # What the pages to sign in and to choose a password show
    "page.sign_in": "Aanmelden",
    "page.sign_in.button": "Aanmelden",
    "page.sign_out": "Afmelden",
    "page.forgotten_password": "Wachtwoord vergeten?",
    "page.forgotten_password.help": "Vul uw WinBooks ID in. U krijgt dan een e-mail met een link om een nieuw wachtwoord te kiezen.",
    "page.forgotten_password.button": "Link versturen",
    "page.link_sent": "Kijk in uw mailbox",
    "page.link_sent.help": "Als u een WinBooks ID hebt, is er een e-mail met een link onderweg.",
    "page.set_password": "Kies uw wachtwoord",
    "page.set_password.help": "De link werkt één keer. Zolang u niets gekozen hebt, verandert er niets.",
    "page.set_password.button": "Wachtwoord opslaan",
    "page.password_set": "Uw wachtwoord is gewijzigd",
    "page.password_set.help": "Vanaf nu meldt u zich aan met het nieuwe wachtwoord.",
    "page.change_password": "Wijzig uw wachtwoord",
    "page.change_password.help": "Heeft iemand anders uw wachtwoord gezien, kies dan een wachtwoord dat alleen u kent.",
    "page.change_password.button": "Wachtwoord opslaan",
    "page.current_password": "Huidig wachtwoord",
    "page.new_password": "Nieuw wachtwoord",
    "page.confirm_id": "Bevestig uw nieuwe WinBooks ID",
    "page.confirm_id.help": "Zolang u niet bevestigd hebt, meldt u zich aan met uw huidige WinBooks ID.",
    "page.confirm_id.button": "Dit adres bevestigen",
    "page.id_confirmed": "Uw nieuwe WinBooks ID is bevestigd",
    "page.id_confirmed.help": "Vanaf nu meldt u zich ermee aan. Vul het in in de WinBooks-producten die u gebruikt.",
    "page.edit_user": "Wijzig de gegevens van een gebruiker",
    "page.edit_user.help": "Wat de gebruiker mag, blijft zoals het is.",
    "page.edit_user.button": "Gegevens opslaan",
    "page.user_saved": "De gegevens zijn opgeslagen",
    "page.user_saved.help": "De geschiedenis van de gebruiker toont wat er gewijzigd is.",
    # What the creation form shows
    "form.new_employee": "Nieuwe gebruiker aanmaken",
    "form.new_end_customer": "Nieuwe eindklant aanmaken",
    "form.winbooks_id": "WinBooks ID",
    "form.winbooks_id.help": "Het e-mailadres van de nieuwe gebruiker; niemand anders gebruikt het.",
    "form.password": "Wachtwoord",
    "form.generate_password": "Wachtwoord genereren",
    "form.level": "Niveau",
    "form.licence": "Licentie",
    "form.activate": "Gebruiker activeren",
    "form.send_credentials": "Een e-mail met de informatie naar de gebruiker sturen",
    "form.dossiers": "Geef de gebruiker toegang tot de dossiers",
    "form.roles": "Roles",
    "form.notify_all_dossiers": "De notificaties voor alle dossiers activeren",
    "form.notify_all_dossiers.help": "Voor de dossiers waartoe de gebruiker toegang heeft, en voor geen andere.",
    "form.first_name": "Voornaam",
    "form.last_name": "Achternaam",
    "form.company_name": "Naam bedrijf",
    "form.phone": "Telefoon",
    "form.phone.help": "Met het landnummer, zoals +32 2 123 45 67.",
    "form.language": "Taal",
    "form.language.help": "De taal waarin het Portaal de gebruiker aanschrijft.",
    "form.save": "Bewaren",
    "form.on_sending.min_unfamiliar": "Bekende woorden worden nagekeken bij het verzenden.",
    "form.on_sending.refuse_familiar": "Bekende woorden worden nagekeken bij het verzenden.",
    "form.on_sending.min_strength": "De sterkte wordt nagekeken bij het verzenden.",
    "form.on_sending.breach_check": "Uitgelekte wachtwoorden worden nagekeken bij het verzenden.",
    # Titles of refusals over HTTP
    "http.401": "De aanmelding is geweigerd.",
    "http.403": "U hebt hiervoor onvoldoende rechten.",
    "http.404": "Dit is niet gevonden.",
    "http.409": "Dit is niet te verenigen met wat al bewaard is.",
    "http.422": "Er moet iets verbeterd worden.",
    "http.429": "Er waren te veel pogingen.",
    # A change of policy
    "policy_change.title": "Een wijziging van het wachtwoordbeleid",
    "policy_change.verdict.equal": "Het nieuwe wachtwoordbeleid is gelijk aan het oude.",
    "policy_change.verdict.stricter": "Het nieuwe wachtwoordbeleid is strenger: het weigert meer en aanvaardt niets nieuws.",
    "policy_change.verdict.looser": "Het nieuwe wachtwoordbeleid is soepeler: het aanvaardt meer en weigert niets nieuws.",
    "policy_change.verdict.incomparable": "Geen van beide is het strengst: het nieuwe wachtwoordbeleid vraagt hier meer en daar minder.",
    "policy_change.heading.what": "Wat er verandert",
    "policy_change.heading.refused": "Voortaan geweigerd",
    "policy_change.heading.accepted": "Voortaan aanvaard",
    "policy_change.heading.people": "Wie het raakt",
    "policy_change.heading.next": "Volgende stap",
    "policy_change.changed": "{rule}: {new} in plaats van {old}",
    "policy_change.added": "{rule}: ook {words}",
    "policy_change.dropped": "{rule}: niet langer {words}",
    "policy_change.more_words": "{words} en nog {number}",
    "policy_change.no_limit": "geen grens",
    "policy_change.all_characters": "alle",
    "policy_change.yes": "ja",
    "policy_change.no": "nee",
    "policy_change.off": "nee",
    "policy_change.if_reachable": "ja, als de opzoeking bereikbaar is",
    "policy_change.always": "ja, altijd",
    "policy_change.decimal_sign": ",",
    "policy_change.percent": "{number}%",
    "policy_change.stricter": "{change}. Dat vraagt meer.",
    "policy_change.looser": "{change}. Dat vraagt minder.",
    "policy_change.incomparable": "{change}. Dat vraagt iets anders.",
    "policy_change.undecided": "Deze vragen een schatting of een opzoeking; wat ze veranderen, is dus niet exact te tellen: {rules}.",
    "policy_change.because": "Wegens: {rules}.",
    "policy_change.example": "Bijvoorbeeld {password}.",
    "policy_change.examples": "Bijvoorbeeld {password} en {other}.",
    "policy_change.share_refused": "Van alle mogelijke wachtwoorden die tot nu aanvaard werden, worden er geweigerd:",
    "policy_change.share_accepted": "Van alle mogelijke wachtwoorden die voortaan aanvaard worden, werden er geweigerd:",
    "policy_change.share": "{length} tekens: {share}",
    "policy_change.share_by_rule": "{length} tekens: {share} ({rules})",
    "policy_change.rule_share": "{rule}: {share}",
    "policy_change.too_large": "Het beleid is te omvangrijk om te zeggen welke regels het verschil maken.",
    "policy_change.too_large_to_count": "Het beleid is te omvangrijk om te tellen hoeveel wachtwoorden dat zijn.",
    "policy_change.list.habits": "Wachtwoorden naar de gewoonten van mensen in Belgische kantoren",
    "policy_change.list.public": "De meest voorkomende wachtwoorden van een openbare lijst",
    "policy_change.list.own": "Uw lijst",
    "policy_change.hit": "{list}: tot nu aanvaard {accepted}, daarvan voortaan geweigerd {refused} ({share}).",
    "policy_change.hit_admitted": "{list}: tot nu geweigerd en voortaan aanvaard {admitted} van {people}.",
    "policy_change.hit_nothing": "{list}: voor geen van {people} verandert er iets.",
    "policy_change.hit_unknown": "{list}: van {unknown} van {people} is alleen de hash bekend; die zijn niet getoetst.",
    "policy_change.hit_examples": "Bijvoorbeeld {passwords}.",
    "policy_change.unasked": "Hier niet getoetst, want dat vraagt de persoon of een opzoeking: {rules}.",
    "policy_change.next.equal": "Geen: dezelfde wachtwoorden worden aanvaard als voorheen.",
    "policy_change.next.stricter": "Zeg de mensen wat er gevraagd wordt voor het beleid van kracht is. Het geldt voor nieuwe wachtwoorden; bewaarde blijven werken tot ze gewijzigd worden.",
    "policy_change.next.looser": "Vraag wie voor de beveiliging instaat of dat de bedoeling is: er kunnen zwakkere wachtwoorden bij komen. Voor de mensen verandert er niets.",
    "policy_change.next.incomparable": "Er gebeuren twee dingen tegelijk; splits de wijziging als maar één ervan bedoeld is. Vraag wie voor de beveiliging instaat naar wat voortaan aanvaard wordt, en zeg de mensen wat geweigerd wordt. Bewaarde wachtwoorden blijven werken tot ze gewijzigd worden.",
    "policy_change.next.count": "Tel wiens bewaarde wachtwoord er misschien niet aan voldoet: {command}",
    "policy_rule.min_length": "Minimale lengte",
    "policy_rule.max_length": "Maximale lengte",
    "policy_rule.min_kinds": "Verschillende soorten tekens, minstens",
    "policy_rule.min_lower": "Kleine letters, minstens",
    "policy_rule.min_upper": "Hoofdletters, minstens",
    "policy_rule.min_digits": "Cijfers, minstens",
    "policy_rule.min_special": "Speciale tekens, minstens",
    "policy_rule.max_lower": "Kleine letters, hoogstens",
    "policy_rule.max_upper": "Hoofdletters, hoogstens",
    "policy_rule.max_digits": "Cijfers, hoogstens",
    "policy_rule.max_special": "Speciale tekens, hoogstens",
    "policy_rule.allowed_characters": "Toegelaten tekens",
    "policy_rule.forbidden_characters": "Verboden tekens",
    "policy_rule.forbidden_words": "Verboden woorden, in hoofdletters of niet",
    "policy_rule.forbidden_spellings": "Verboden woorden, zo geschreven",
    "policy_rule.denied": "Geweigerde wachtwoorden, in hoofdletters of niet",
    "policy_rule.denied_spellings": "Geweigerde wachtwoorden, zo geschreven",
    "policy_rule.max_run": "Hetzelfde teken na elkaar, hoogstens",
    "policy_rule.min_unfamiliar": "Tekens buiten bekende woorden, minstens",
    "policy_rule.word_lists": "Lijsten van bekende woorden",
    "policy_rule.personal_words": "Namen van de persoon gelden als bekende woorden",
    "policy_rule.refuse_familiar": "Bekende woorden worden overal geweigerd",
    "policy_rule.min_strength": "Sterkte van 0 tot 4, minstens",
    "policy_rule.breach_check": "Gelekte wachtwoorden worden geweigerd",
    # The command line: policies
    "cli.column.rule": "Regel",
    "cli.column.value": "Waarde",
    "cli.column.clause": "Clausule",
    "cli.column.asks": "Wat ze vraagt",
    "cli.column.verdict": "Oordeel",
    "cli.policy.fingerprint": "vingerafdruk",
    "cli.policy.gate_refused": "{path}: deze wijziging van het wachtwoordbeleid is hier niet toegelaten.",
    "cli.policy.verdict.met": "voldaan",
    "cli.policy.verdict.not_met": "niet voldaan",
    "cli.policy.verdict.not_decidable": "hier niet te beoordelen",
    "cli.column.licence": "Licentie",
    "cli.column.safe": "Veilig",
    "cli.column.check_at_sign_in": "Bij aanmelding te controleren",
    "cli.column.unknown": "Onbekend",
    "cli.policy.total": "totaal",
    # The world is broken
    "unavailable": "Dit lukt nu niet. Probeer het later opnieuw.",
    "unavailable.storage_busy": (
        "De opslag is bezet; er is niets gewijzigd. Probeer het opnieuw."
    ),
    "unavailable.storage_not_ready": "De opslag is op dit moment niet bruikbaar. Verwittig de persoon die ze beheert.",
    "unavailable.outcome_unknown": (
        "De verbinding met de opslag viel weg tijdens het bewaren."
        " Herhaal de aanvraag om te zien of ze bewaard is."
    ),
    "unavailable.hasher_busy": (
        "Te veel aanvragen tegelijk; er is niets gewijzigd. Probeer het opnieuw."
    ),
    "unavailable.on_web": (
        "WinBooks on Web antwoordt niet, dus login en wachtwoord konden niet"
        " gecontroleerd worden. Probeer het later opnieuw."
    ),
    "unavailable.mail": "De e-mail kon nu niet verstuurd worden. We proberen het later opnieuw.",
    "unavailable.mail_server": "De mailserver is niet veilig bereikbaar; de mails wachten.",
    "unavailable.sending_not_allowed": "De mailserver laat ons niet verzenden: controleer de aanmelding, het adres van de afzender en het beleid van de server. De mails wachten.",
    "unavailable.mailer": "De verzending mislukte op een onverwachte manier; de mails wachten.",
    "unavailable.letters": "Een gevraagde e-mail kon niet opgesteld worden; de andere gaan door.",
    "mail.overtaken": "Een latere stap heeft deze e-mail achterhaald.",
    "mail.discarded": "Deze e-mail is door een beheerder ingetrokken.",
    "mail.sent_too_late": (
        "Deze e-mail is verstuurd toen hij al aan een ander toebehoorde of ingetrokken"
        " was; de ontvanger kan hem tweemaal krijgen."
    ),
    "mail.held": "Deze e-mail is tegengehouden; winbooks-identity mail retry geeft hem vrij.",
    "expired": "Wat in de e-mail staat, verliep voor hij bezorgd kon worden.",
    "unavailable.mail_refused": "De e-mail is definitief geweigerd.",
    "unavailable.seal_broken": "Een verzegelde e-mail kan niet geopend worden: de sleutel is weg of de inhoud is gewijzigd.",
    "unavailable.licence_management": "Het licentiebeheer antwoordt niet; er is niemand gewijzigd. Probeer het later opnieuw.",
    "unavailable.not_a_workbook": "Dit is geen leesbare Excel-werkmap. Sla ze op als .xlsx, zonder wachtwoord.",
    "unavailable.no_excel": "Excel-werkmappen hebben het pakket winbooks-identity[excel] nodig.",
    "unavailable.no_postgresql": "PostgreSQL heeft het pakket winbooks-identity[postgresql] nodig.",
    "unavailable.no_scim": "SCIM heeft het pakket winbooks-identity[scim] nodig.",
}
