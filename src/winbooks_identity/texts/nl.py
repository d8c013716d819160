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
    "field.not_one_of": "Kies een van de volgende: {allowed}.",
    # Levels
    "level.user": "Gebruiker",
    "level.power_user": "Power User",
    "level.administrator": "Administrator",
    "level.user.help": (
        "Een ondernemer: gebruikt de digitale producten voor zijn eigen dossiers"
        " en beheert niemand."
    ),
    "level.power_user.help": (
        "Een medewerker van het kantoor: maakt eindklanten aan en beheert ze,"
        " binnen de dossiers waartoe hij zelf toegang heeft."
    ),
    "level.administrator.help": (
        "Een medewerker van het kantoor: beheert alle gebruikers van de licentie,"
        " hun niveau, rollen en dossiers."
    ),
    # Roles
    "role.connect_accountant.help": (
        "Connect gebruiken als accountant en goedkeuren wat de ondernemer heeft"
        " ingestuurd voor het wordt verwerkt."
    ),
    "role.view_admin.help": (
        "View beheren: rapporten, structuren en presentaties aanmaken en wijzigen."
    ),
    "role.connect_entrepreneur.help": (
        "Connect gebruiken als ondernemer: documenten voor de accountant afgeven."
    ),
    "role.view_user.help": "De rapporten in View raadplegen.",
    "role.not_for_staff": (
        "{role} is een rol voor eindklanten, niet voor medewerkers."
    ),
    "role.not_for_end_customers": (
        "{role} is een rol voor medewerkers, niet voor eindklanten."
    ),
    "role.incomplete_for_digital_products": (
        "Nog niet klaar voor de digitale producten: {missing} ontbreekt."
    ),
    # The creation form and its refusals
    "number.invalid": "Gebruik alleen letters, cijfers en . _ / -, maximaal {maximum} tekens.",
    "password.typed_and_generated": "Typ een wachtwoord of laat er een genereren, niet allebei.",
    "password.generation_not_allowed": "Hier kan geen wachtwoord gegenereerd worden: vul het wachtwoord van WinBooks on Web in.",
    "password.wrong": "Het wachtwoord is niet juist.",
    "dossier.required": "Kies minstens één dossier.",
    "dossier.not_in_licence": "Dossier {number} zit niet in deze licentie.",
    "role.required": "Kies minstens één rol.",
    "winbooks_id.taken": "Deze WinBooks-ID bestaat al.",
    "licence.not_found": "Deze licentie is niet geregistreerd.",
    "licence.registered_differently": "De licentie werd eerder geregistreerd met een andere waarde voor {field}.",
    "user.not_found": "Deze gebruiker bestaat hier niet.",
    "user.saved_meanwhile": "Iemand anders heeft deze gebruiker intussen gewijzigd. Kijk opnieuw voor u bewaart.",
    "request.reused": "Dit aanvraagnummer werd al gebruikt voor een andere aanvraag.",
    "authorization.not_active": "Uw eigen account is niet actief.",
    "authorization.foreign_licence": "U hebt geen rechten in een andere licentie.",
    "authorization.manages_nobody": "U mag geen gebruikers aanmaken of beheren.",
    "authorization.end_customers_only": "Een Power User maakt en beheert alleen eindklanten.",
    "authorization.other_dossiers": "U kunt alleen gebruikers beheren binnen de dossiers waartoe u zelf toegang hebt.",
    "authorization.level_above_own": "U kunt geen niveau toekennen boven dat van uzelf.",
    "winbooks_id.not_the_on_web_login": "Dit is geen login van een gebruiker van WinBooks on Web.",
    "password.not_the_on_web_password": "Dit is niet het wachtwoord van deze gebruiker op WinBooks on Web.",
    "password.change_it_on_web_first": "Dit is het wachtwoord van WinBooks on Web, maar het voldoet niet aan de regel van het Portaal. Wijzig het eerst in WinBooks on Web.",
    "authorization.only_winbooks": "Alleen WinBooks registreert licenties.",
    "creation.mailed_while_inactive": "De e-mail zegt dat de account nog niet actief is.",
    "creation.done_before": "Deze aanvraag werd al uitgevoerd; het wachtwoord wordt niet opnieuw getoond.",
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
    # Password policies
    "password_policy.out_of_range": "{rule} ligt tussen {least} en {most}.",
    "password_policy.minimum_above_maximum": (
        "De minimumlengte ({minimum}) is groter dan de maximumlengte ({maximum})."
    ),
    "password_policy.alphabet_empty": "Het alfabet is leeg.",
    "password_policy.alphabet_repeats": "Het alfabet noemt een teken twee keer.",
    "password_policy.alphabet_unusable": (
        "Er staat een teken in het alfabet dat niet op zichzelf kan staan."
    ),
    "password_policy.length_not_accepted": (
        "De lengte van een gegenereerd wachtwoord ligt tussen {minimum} en {maximum}."
    ),
    "password_policy.nothing_to_generate": (
        "Geen wachtwoord van deze lengte met dit alfabet voldoet aan de regels."
    ),
    # The world is broken
    "unavailable": "Dit lukt nu niet. Probeer het later opnieuw.",
    "unavailable.storage_busy": (
        "De opslag is bezet; er is niets gewijzigd. Probeer het opnieuw."
    ),
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
    "unavailable.mail": (
        "De e-mail kon nu niet verzonden worden. We proberen het later opnieuw."
    ),
    "unavailable.mail_refused": "De e-mail werd definitief geweigerd.",
    "unavailable.seal_broken": (
        "Een verzegelde e-mail kan niet geopend worden: de sleutel is weg"
        " of de inhoud werd gewijzigd."
    ),
}
