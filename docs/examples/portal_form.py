# /// script
# requires-python = ">=3.11"
# dependencies = ["flask>=3.1", "winbooks-identity[phone,seal,sqlalchemy]"]
#
# [tool.uv.sources]
# winbooks-identity = { path = "../..", editable = true }
# ///
"""
How does the Portal's creation form feel, on the real thing?

    uv run docs/examples/portal_form.py

One page in Dutch, French and English: everything that it decides is the
library's, on an embedded SQLite file that is gone when the program ends.  The
office is invented, and no mail leaves the machine.
"""

import json
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from flask import Flask, Response, abort, redirect, render_template_string, request
from markupsafe import Markup
from werkzeug.serving import make_server

from winbooks_identity import (
    Created,
    Distributor,
    Dossier,
    Language,
    Level,
    Licence,
    NewEmployee,
    NewEndCustomer,
    PasswordPolicy,
    Portal,
    PortalUser,
    Problem,
    Product,
    Refused,
    Role,
    Unavailable,
    WinBooksAdministration,
)
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.description import (
    FormDescription,
    error_summary,
    problems_by_field,
)
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords.browser import es_module
from winbooks_identity.role import STAFF_ROLES, readiness
from winbooks_identity.texts import LANGUAGES, accepted_language, text


HOST, PORT = "127.0.0.1", 8042

LICENCE = Licence(
    number="WB-2041",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
DOSSIERS = [
    Dossier(number="KORENAAR", name=CompanyName("Bakkerij De Korenaar BV")),
    Dossier(number="LILAS", name=CompanyName("Garage des Lilas SRL")),
    Dossier(number="MAES", name=CompanyName("Architectenbureau Maes & Zoon")),
    Dossier(number="VLIERBEEK", name=CompanyName("Brouwerij Vlierbeek NV")),
]
ADMINISTRATOR = {
    "winbooks_id": "els@kantoor.example.org",
    "generate_password": "on",
    "level": "Administrator",
    "roles": ["Connect.Accountant", "View.Admin"],
    "first_name": "Els",
    "last_name": "Peeters",
}
POLICY = PasswordPolicy()
KINDS = {"employee": NewEmployee, "end-customer": NewEndCustomer}

#: The fields of each part of the screen, in the order of the Portal.
PARTS = {
    "sign_in": ("winbooks_id", "password"),
    "level": ("level", "licence", "activate", "send_credentials"),
    "access": ("dossiers", "roles", "notify_all_dossiers"),
    "person": ("first_name", "last_name", "company_name", "phone", "language"),
}


class SentMail(NamedTuple):
    """
    A mail as its reader sees it.
    """

    sender: str
    recipient: str
    subject: str
    body: str


class Page:
    """
    The office as its Administrator sees it, and the mails that it sent.
    """

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._mailer = InMemoryMailer()
        portal.provisioning.register_licence(
            LICENCE, DOSSIERS, by=WinBooksAdministration()
        )
        first = NewEmployee.parse(ADMINISTRATOR, licence=LICENCE)
        made = portal.provisioning.create(first, by=Distributor(LICENCE.number))
        self.signed_in = made.user

    def describe(self, kind: str) -> FormDescription:
        """
        Return the form for a new *kind* of user.
        """
        service = self._portal.provisioning
        return FormDescription.of(
            KINDS[kind],
            licence=service.licence(by=self.signed_in),
            dossiers=service.dossiers(by=self.signed_in),
            policy=POLICY,
        )

    def create(self, kind: str, sent: dict[str, object], request_id: UUID) -> Created:
        """
        Make the user that the form says; the same request makes them once.
        """
        new = KINDS[kind].parse(
            sent,
            licence=LICENCE,
            policy=self._portal.policy,
            dossiers=DOSSIERS,
            phone=NationalPhoneParser(),
        )
        return self._portal.provisioning.create(
            new, by=self.signed_in, request_id=request_id
        )

    def users(self) -> list[PortalUser]:
        """
        Return everybody in the licence, by name.
        """
        found = self._portal.provisioning.users(by=self.signed_in)
        return sorted(found, key=lambda user: user.last_name.text.casefold())

    def mail_to(self, user: PortalUser) -> SentMail | None:
        """
        Send what waits, and return the mail to *user* if there is one.
        """
        self._portal.relay(self._mailer).deliver()
        for mail in reversed(self._mailer.sent):
            message = message_from_bytes(mail.content, policy=default)
            if mail.recipient == user.winbooks_id.address:
                return _readable(message)
        return None


def _readable(message: EmailMessage) -> SentMail:
    body = message.get_body(("plain",))
    return SentMail(
        sender=str(message["From"]),
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        body=body.get_content() if body is not None else "",
    )


WORDS = {
    "nl": {
        "menu": "Administratie",
        "users": "Gebruikers",
        "employee": "Medewerker",
        "end-customer": "Eindklant",
        "intro_employee": "Voor een collega van het kantoor.",
        "intro_end-customer": "Voor een ondernemer die klant is van het kantoor.",
        "sign_in": "Aanmelden",
        "part_level": "Niveau en licentie",
        "access": "Toegang",
        "person": "Gegevens",
        "optional": "facultatief",
        "show": "Toon",
        "hide": "Verberg",
        "explain": "Uitleg bij de niveaus",
        "close": "Sluiten",
        "choose": "Maak een keuze",
        "accepted": "Dit wachtwoord voldoet.",
        "generated": "Er is een wachtwoord gegenereerd; u ziet het in het veld.",
        "kinds": ["kleine letter", "hoofdletter", "cijfer", "speciaal teken"],
        "ready": "Klaar voor de digitale producten.",
        "colon": ":",
        "error": "Fout",
        "nobody": "Nog niemand. De eerste gebruiker verschijnt hier.",
        "active": "Actief",
        "inactive": "Niet actief",
        "done": "{name} is aangemaakt",
        "hand_over": "Bezorg dit wachtwoord zelf. Het wordt maar één keer getoond.",
        "clipboard": "Kopieer",
        "copied": "Gekopieerd",
        "mail": "Verstuurde e-mail",
        "from": "Van",
        "to": "Aan",
        "another": "Nog iemand aanmaken",
        "demo": "Demonstratie: kantoor en dossiers zijn verzonnen, en geen e-mail verlaat deze computer.",
        "language": "Taal van deze pagina",
        "skip": "Naar het formulier",
    },
    "fr": {
        "menu": "Administration",
        "users": "Utilisateurs",
        "employee": "Collaborateur",
        "end-customer": "Client final",
        "intro_employee": "Pour un collègue de la fiduciaire.",
        "intro_end-customer": "Pour un entrepreneur, client de la fiduciaire.",
        "sign_in": "Connexion",
        "part_level": "Niveau et licence",
        "access": "Accès",
        "person": "Données",
        "optional": "facultatif",
        "show": "Afficher",
        "hide": "Masquer",
        "explain": "Explication des niveaux",
        "close": "Fermer",
        "choose": "Faites un choix",
        "accepted": "Ce mot de passe convient.",
        "generated": "Un mot de passe a été généré\u202f; vous le voyez dans le champ.",
        "kinds": ["minuscule", "majuscule", "chiffre", "caractère spécial"],
        "ready": "Prêt pour les outils digitaux.",
        "colon": "\u202f:",
        "error": "Erreur",
        "nobody": "Encore personne. Le premier utilisateur apparaîtra ici.",
        "active": "Actif",
        "inactive": "Inactif",
        "done": "Utilisateur créé\u202f: {name}",
        "hand_over": "Transmettez vous-même ce mot de passe. Il n\u2019est affiché qu\u2019une seule fois.",
        "clipboard": "Copier",
        "copied": "Copié",
        "mail": "E-mail envoyé",
        "from": "De",
        "to": "À",
        "another": "Créer quelqu\u2019un d\u2019autre",
        "demo": "Démonstration\u202f: la fiduciaire et les dossiers sont inventés, et aucun e-mail ne quitte cet ordinateur.",
        "language": "Langue de cette page",
        "skip": "Vers le formulaire",
    },
    "en": {
        "menu": "Administration",
        "users": "Users",
        "employee": "Employee",
        "end-customer": "End customer",
        "intro_employee": "For a colleague in the firm.",
        "intro_end-customer": "For an entrepreneur who is a client of the firm.",
        "sign_in": "Sign-in",
        "part_level": "Level and licence",
        "access": "Access",
        "person": "Details",
        "optional": "optional",
        "show": "Show",
        "hide": "Hide",
        "explain": "What the levels mean",
        "close": "Close",
        "choose": "Choose one",
        "accepted": "This password will do.",
        "generated": "A password was generated; you see it in the field.",
        "kinds": ["lower case", "upper case", "digit", "special"],
        "ready": "Ready for the digital products.",
        "colon": ":",
        "error": "Error",
        "nobody": "No users yet. The first one appears here.",
        "active": "Active",
        "inactive": "Not active",
        "done": "{name} has been created",
        "hand_over": "Hand this password over yourself. It is shown only once.",
        "clipboard": "Copy",
        "copied": "Copied",
        "mail": "E-mail sent",
        "from": "From",
        "to": "To",
        "another": "Create another one",
        "demo": "Demonstration: the firm and its dossiers are invented, and no e-mail leaves this computer.",
        "language": "Language of this page",
        "skip": "To the form",
    },
}

PAGE = """\
{% macro problems_of(name) %}
  <div class="problems" id="{{ name }}-problems">
    {% for problem in problems.get(name, ()) %}<p>{{ problem.message(locale) }}</p>{% endfor %}
  </div>
{% endmacro %}

{% macro box(field) %}
  <div class="box">
    <input type="checkbox" id="{{ field.name }}" name="{{ field.name }}"
           {{ "checked" if sent.get(field.name, field.initial) in (true, "on") }}
           aria-describedby="{{ field.name }}-help {{ field.name }}-problems">
    <label for="{{ field.name }}">{{ field.label(locale) }}</label>
    <p class="help" id="{{ field.name }}-help">{{ field.help(locale) }}</p>
    {{ problems_of(field.name) }}
  </div>
{% endmacro %}

{% macro several(field) %}
  <fieldset id="{{ field.name }}" tabindex="-1" class="several" aria-describedby="{{ field.name }}-problems">
    <legend>{{ field.label(locale) }}
      {% if not field.is_required %}<span class="optional">{{ words.optional }}</span>{% endif %}</legend>
    {{ problems_of(field.name) }}
    <div class="cards">
    {% for choice in field.choices %}
      <label class="card-choice">
        <input type="checkbox" name="{{ field.name }}" value="{{ choice.value }}"
               {{ "checked" if choice.value in sent.get(field.name, ()) }}>
        <span><b>{{ choice.label(locale) }}</b>
        <small>{{ choice.help(locale) or choice.value }}</small></span>
      </label>
    {% endfor %}
    </div>
    {% if field.name == "roles" and kind == "employee" %}
      <p class="readiness" id="readiness" role="status" data-ready="{{ words.ready }}"
         data-sentences="{{ readiness }}"></p>
    {% endif %}
  </fieldset>
{% endmacro %}

{% macro level(field) %}
  <div class="field">
    <div class="label-row">
      <label for="level">{{ field.label(locale) }}</label>
      <button type="button" class="help-button" popovertarget="level-help"
              aria-label="{{ words.explain }}">?</button>
    </div>
    <div id="level-help" popover class="popover">
      <h3>{{ words.explain }}</h3>
      <dl>
      {% for level in levels %}
        <dt>{{ level.label(locale) }}</dt><dd>{{ level.help(locale) }}</dd>
      {% endfor %}
      </dl>
      <button type="button" popovertarget="level-help" popovertargetaction="hide">{{ words.close }}</button>
    </div>
    {{ problems_of("level") }}
    {{ choices(field) }}
  </div>
{% endmacro %}

{% macro choices(field) %}
    <select id="{{ field.name }}" name="{{ field.name }}"
            {{ "required" if field.is_required }}
            aria-describedby="{{ field.name }}-help {{ field.name }}-problems"
            {% if problems.get(field.name) %}aria-invalid="true"{% endif %}>
      {% if not field.initial %}<option value="">{{ words.choose }}</option>{% endif %}
      {% for choice in field.choices %}
      <option value="{{ choice.value }}"
              {{ "selected" if choice.value == sent.get(field.name, field.initial) }}>
        {{ choice.label(locale) }}</option>
      {% endfor %}
    </select>
{% endmacro %}

{% macro password(field) %}
  <div class="field">
    <label for="password">{{ field.label(locale) }}</label>
    {{ problems_of("password") }}
    <div class="joined">
      <input type="password" id="password" name="password"
             aria-describedby="rules password-problems"
             {% if problems.password %}aria-invalid="true"{% endif %}
             {{ dict(field.attributes)|xmlattr }}>
      <button type="button" id="show" aria-controls="password" aria-pressed="false" hidden
              data-show="{{ words.show }}" data-hide="{{ words.hide }}">{{ words.show }}</button>
      <button type="button" id="generate" hidden
              data-done="{{ words.generated }}">{{ generate.label(locale) }}</button>
    </div>
    <ul class="rules" id="rules">
      {% for sentence in policy.help(locale) %}<li>{{ sentence }}</li>{% endfor %}
    </ul>
    <ul class="kinds" id="kinds" aria-hidden="true" hidden>
      {% for kind in words.kinds %}<li>{{ kind }}</li>{% endfor %}
    </ul>
    <p class="unseen" id="password-live" role="status" data-accepted="{{ words.accepted }}"></p>
    <div id="without-script">{{ box(generate) }}</div>
  </div>
{% endmacro %}

{% macro line(field) %}
  <div class="field {{ 'half' if field.name in ('first_name', 'last_name', 'phone', 'language') }}">
    <label for="{{ field.name }}">{{ field.label(locale) }}
      {% if not field.is_required %}<span class="optional">{{ words.optional }}</span>{% endif %}</label>
    <p class="help" id="{{ field.name }}-help">{{ field.help(locale) }}</p>
    {{ problems_of(field.name) }}
    {% if field.choices %}{{ choices(field) }}{% else %}
    <input type="{{ field.input.value }}" id="{{ field.name }}" name="{{ field.name }}"
           value="{{ sent.get(field.name, field.initial) }}" {{ "required" if field.is_required }}
           aria-describedby="{{ field.name }}-help {{ field.name }}-problems"
           {% if problems.get(field.name) %}aria-invalid="true"{% endif %}
           {{ dict(field.attributes)|xmlattr }}>
    {% endif %}
  </div>
{% endmacro %}

<!doctype html>
<html lang="{{ locale }}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{% if problems %}{{ words.error }}{{ words.colon }} {% endif %}{{ title }} &ndash; Portal</title>
  <link rel="stylesheet" href="/portal.css">
  <link rel="icon" href="data:,">
  <script type="module" src="/portal.mjs"></script>
  <script type="application/json" id="policy">{{ description }}</script>
</head>
<body>
  <a class="skip" href="#main">{{ words.skip }}</a>
  <header>
    <p class="brand"><span aria-hidden="true">W</span> Portal</p>
    <p class="signed-in"><span aria-hidden="true">{{ signed_in.first_name.text[0] }}{{ signed_in.last_name.text[0] }}</span>
      {{ signed_in.first_name }} {{ signed_in.last_name }}<small>{{ signed_in.level.label(locale) }}</small></p>
    <nav aria-label="{{ words.language }}">
      {% for each in languages %}
      <a href="/{{ each }}/{{ kind }}" hreflang="{{ each }}" lang="{{ each }}"
         {{ 'aria-current="true"'|safe if each == locale }}>{{ each|upper }}</a>
      {% endfor %}
    </nav>
  </header>
  <main id="main" tabindex="-1">
    <p class="crumbs">{{ words.menu }} <span aria-hidden="true">/</span> {{ words.users }}</p>
    <h1>{{ title }}</h1>
    <nav class="tabs" aria-label="{{ title }}">
      {% for each in kinds %}
      <a href="/{{ locale }}/{{ each }}" {{ 'aria-current="page"'|safe if each == kind }}>{{ words[each] }}</a>
      {% endfor %}
    </nav>
    <div class="columns">
    <div>
    {% if created %}
      <section class="panel created" id="created" tabindex="-1" autofocus aria-labelledby="created-title">
        <h2 id="created-title"><span class="tick" aria-hidden="true">✓</span>
          {{ words.done.format(name=created.user.first_name ~ " " ~ created.user.last_name) }}</h2>
        <p class="id">{{ created.user.winbooks_id }}</p>
        {% for notice in created.notices %}<p class="notice">{{ notice.message(locale) }}</p>{% endfor %}
        {% if created.password %}
        <p>{{ words.hand_over }}</p>
        <div class="joined once">
          <output id="once">{{ created.password.reveal() }}</output>
          <button type="button" id="copy" data-copied="{{ words.copied }}">{{ words.clipboard }}</button>
        </div>
        {% endif %}
        {% if mail %}
        <article class="mail" aria-labelledby="mail-title">
          <h3 id="mail-title">{{ words.mail }}</h3>
          <dl>
            <dt>{{ words.from }}</dt><dd>{{ mail.sender }}</dd>
            <dt>{{ words.to }}</dt><dd>{{ mail.recipient }}</dd>
          </dl>
          <p class="subject">{{ mail.subject }}</p>
          <pre>{{ mail.body }}</pre>
        </article>
        {% endif %}
        <a class="button" href="/{{ locale }}/{{ kind }}">{{ words.another }}</a>
      </section>
    {% else %}
      {% if summary %}
      <div class="summary" id="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary-title">
        <h2 id="summary-title">{{ summary_title }}</h2>
        <ul>
        {% for line in summary %}
          <li>{% if line.field in labels %}<a href="#{{ line.anchor }}">{{ labels[line.field] }}{{ words.colon }} {{ line.sentence }}</a>
          {% else %}{{ line.sentence }}{% endif %}</li>
        {% endfor %}
        </ul>
      </div>
      {% endif %}
      <form method="post" class="panel" novalidate autocomplete="off">
        <p class="intro">{{ words["intro_" + kind] }}</p>
        <input type="hidden" name="request_id" value="{{ request_id }}">
        {% for part, names in parts.items() %}
        <section aria-labelledby="{{ part }}-part">
          <h2 id="{{ part }}-part">{{ words["part_" + part] or words[part] }}</h2>
          <div class="grid">
          {% for name in names %}
            {% set field = form[name] %}
            {% if name == "password" %}{{ password(field) }}
            {% elif name == "level" %}{{ level(field) }}
            {% elif field.input.value == "shown" %}
            <div class="field">
              <span class="as-label" id="licence-label">{{ field.label(locale) }}</span>
              <output class="shown" id="licence" aria-labelledby="licence-label">{{ field.initial }}</output>
            </div>
            {% elif field.input.value == "checkbox" %}{{ box(field) }}
            {% elif field.input.value == "some_of" %}{{ several(field) }}
            {% else %}{{ line(field) }}{% endif %}
          {% endfor %}
          </div>
        </section>
        {% endfor %}
        <div class="actions"><button class="button">{{ save }}</button></div>
      </form>
    {% endif %}
    </div>
    <aside class="panel" aria-labelledby="users-title">
      <h2 id="users-title">{{ words.users }} <span class="count">{{ users|length }}</span></h2>
      {% if not users %}<p class="nobody">{{ words.nobody }}</p>{% endif %}
      <ul class="users">
      {% for user in users %}
        <li>
          <b>{{ user.first_name }} {{ user.last_name }}</b>
          <span class="status {{ 'on' if user.is_active }}">{{ words.active if user.is_active else words.inactive }}</span>
          <span class="id">{{ user.winbooks_id }}</span>
          <span class="tags"><span>{{ user.level.label(locale) }}</span>
            {% for role in user.roles|sort(attribute="value") %}<span>{{ role.value }}</span>{% endfor %}</span>
        </li>
      {% endfor %}
      </ul>
    </aside>
    </div>
  </main>
  <footer>{{ words.demo }}</footer>
</body>
</html>
"""

STYLE = """\
:root {
  --ink: #17212b; --soft: #566472; --line: #d5dbe2; --ground: #f3f5f8; --panel: #fff;
  --accent: #0b5c8a; --accent-dark: #084566; --tint: #e8f2f8;
  --bad: #b3261e; --bad-tint: #fdf0ef; --good: #1c6b3c; --good-tint: #e9f5ee;
  --warn: #7a4b00; --warn-tint: #fdf4e1;
  font: 16px/1.5 Inter, "Segoe UI", system-ui, sans-serif; color: var(--ink);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; margin: .25rem 0 1.25rem; }
h2 { font-size: 1.05rem; margin: 0 0 1rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); }
main:focus { outline: none; }
:focus-visible { outline: 3px solid #f0a202; outline-offset: 2px; }
.skip, .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { clip-path: none; width: auto; height: auto; padding: .5rem 1rem; background: #fff; z-index: 9; }
header { display: flex; justify-content: space-between; align-items: center;
  padding: .7rem clamp(1rem, 4vw, 2.5rem); background: #0f2a3d; color: #fff; }
.brand { margin: 0; font-weight: 600; display: flex; gap: .6rem; align-items: center; }
.brand span { display: grid; place-items: center; width: 1.9rem; height: 1.9rem; border-radius: .5rem;
  background: #2b9bd0; color: #06202f; font-weight: 800; }
header nav { display: flex; gap: .25rem; }
.signed-in { margin: 0 1.25rem 0 auto; display: flex; align-items: center; gap: .55rem; font-size: .875rem; }
.signed-in span { display: grid; place-items: center; width: 1.9rem; height: 1.9rem; border-radius: 50%; background: #24465d; font-size: .75rem; font-weight: 600; }
.signed-in small { color: #9db6c6; font-size: .8125rem; }
@media (max-width: 40rem) { .signed-in { font-size: 0; margin-right: .5rem; } .signed-in small { display: none; } }
header a { color: #c9dae6; text-decoration: none; font-size: .875rem; font-weight: 500; padding: .3rem .6rem; border-radius: .4rem; }
header a:hover { color: #fff; }
header a[aria-current] { background: #24465d; color: #fff; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 2.5rem; }
.crumbs { color: var(--soft); font-size: .875rem; margin: 0; }
.tabs { display: flex; gap: 1.5rem; border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; }
.tabs a { padding: .6rem 0; color: var(--soft); text-decoration: none; font-weight: 500; border-bottom: 3px solid transparent; margin-bottom: -1px; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--accent-dark); border-color: var(--accent); }
.columns { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 60rem) { .columns { grid-template-columns: minmax(0, 1fr) 19rem; } aside { position: sticky; top: 1.5rem; } }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: .8rem;
  padding: clamp(1.1rem, 3vw, 1.9rem); box-shadow: 0 1px 2px rgb(16 42 61 / 6%); }
.intro { color: var(--soft); margin-bottom: 1.5rem; }
form section { border-top: 1px solid var(--line); padding: 1.5rem 0; }
form section:first-of-type { border: 0; padding-top: 0; }
.grid { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 40rem) { .grid { grid-template-columns: 1fr 1fr; } .grid > * { grid-column: 1 / -1; } .grid > .half { grid-column: auto; } }
.field { display: flex; flex-direction: column; }
.field > input, .field > select { align-self: end; }
.half > input, .half > select { margin-top: auto !important; }
.half { gap: .35rem; }
label, legend, .as-label { font-weight: 550; font-size: .9375rem; }
.optional { font-weight: 400; color: var(--soft); font-size: .8125rem; margin-left: .35rem; }
.help { color: var(--soft); font-size: .875rem; margin: 0; }
.help:empty, .problems:empty { display: none; }
input:not([type=checkbox]), select, .joined output { font: inherit; color: inherit; width: 100%; min-width: 0; background-color: #fff;
  border: 1px solid #8b98a5; border-radius: .5rem; padding: .6rem .75rem; margin-top: .4rem; min-height: 2.9rem; }
select { appearance: none; padding-right: 2.5rem; background: #fff url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='12' height='8'%3E%3Cpath d='M1 1l5 5 5-5' fill='none' stroke='%23566472' stroke-width='2'/%3E%3C/svg%3E") no-repeat right .95rem center; }
input:not([type=checkbox]):hover, select:hover { border-color: var(--ink); }
[aria-invalid=true]:not([type=checkbox]) { border: 2px solid var(--bad) !important; }
.problems p { color: var(--bad); font-size: .9rem; font-weight: 500; margin: .15rem 0 0; }
.several .problems p { margin: 0 0 .5rem; }
.shown { display: block; padding: .65rem .8rem; margin-top: .4rem; border-radius: .5rem; background: var(--ground); border: 1px dashed var(--line); }
.joined { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .4rem; }
.joined input, .joined output { flex: 1 1 14rem; margin: 0 !important; }
@media (max-width: 40rem) { .joined button { flex: 1 1 auto; } .button { width: 100%; text-align: center; } }
.joined input[type=text], .joined output { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; letter-spacing: .03em; }
button, .button { font: inherit; font-weight: 550; cursor: pointer; border-radius: .5rem; padding: .55rem .95rem; min-height: 2.9rem;
  border: 1px solid #8b98a5; background: #fff; color: var(--accent-dark); }
button:hover { background: var(--tint); border-color: var(--accent); }
.button { display: inline-block; background: var(--accent); border-color: var(--accent); color: #fff; padding: .65rem 1.6rem; text-decoration: none; }
.button:hover { background: var(--accent-dark); }
.actions { border-top: 1px solid var(--line); padding-top: 1.25rem; }
.rules { list-style: none; padding: 0; margin: .75rem 0 0; font-size: .875rem; color: var(--soft); display: grid; gap: .2rem; }
.rules li { padding-left: 1.5rem; position: relative; }
.rules li::before { content: ""; position: absolute; left: .15rem; top: .4em; width: .6rem; height: .6rem; border-radius: 50%; border: 2px solid #8b98a5; }
.rules li.kept { color: var(--good); }
.rules li.kept::before { content: "✓"; border: 0; top: 0; left: .1rem; font-weight: 700; }
.kinds { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem; padding: 0; margin: .6rem 0 0; }
.kinds li { font-size: .8125rem; padding: .1rem .6rem; border-radius: 1rem; border: 1px solid var(--line); color: var(--soft); }
.kinds li.there { background: var(--good-tint); border-color: #9fd0b3; color: var(--good); }
.box { display: grid; grid-template-columns: 1.6rem 1fr; align-items: start; gap: 0 .5rem; }
.box label { font-weight: 450; padding-top: .05rem; }
.box .help, .box .problems { grid-column: 2; }
input[type=checkbox] { width: 1.25rem; height: 1.25rem; margin: .15rem 0 0; accent-color: var(--accent); flex: none; }
fieldset { border: 0; padding: 0; margin: 0; min-width: 0; }
legend { padding: 0; margin-bottom: .5rem; }
.cards { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
.card-choice { display: flex; gap: .7rem; padding: .75rem .85rem; border: 1px solid var(--line); border-radius: .6rem; cursor: pointer; font-weight: 450; }
.card-choice:hover { border-color: #8b98a5; }
.card-choice:has(:checked) { border-color: var(--accent); background: var(--tint); }
.card-choice b { display: block; font-weight: 550; font-size: .9375rem; overflow-wrap: anywhere; }
.card-choice small { color: var(--soft); font-size: .8125rem; line-height: 1.4; display: block; }
.readiness:empty { display: none; }
.readiness, .notice { margin: .75rem 0 0; padding: .6rem .85rem; border-radius: .5rem; font-size: .9rem; background: var(--warn-tint); color: var(--warn); }
.readiness.ready { background: var(--good-tint); color: var(--good); }
.label-row { display: flex; align-items: center; gap: .5rem; }
.help-button { min-height: 0; width: 1.6rem; height: 1.6rem; padding: 0; border-radius: 50%; font-size: .875rem; line-height: 1; anchor-name: --level-help; }
.popover { border: 1px solid var(--line); border-radius: .7rem; padding: 1.1rem 1.25rem; max-width: min(26rem, calc(100vw - 2rem)); box-shadow: 0 12px 32px rgb(16 42 61 / 22%); color: var(--ink); }
@supports (position-area: bottom) { .popover { position-anchor: --level-help; position-area: bottom span-right; margin: .4rem 0 0; position-try-fallbacks: flip-block, --below; } }
@position-try --below { position-area: bottom; margin: .4rem 1rem 0; }
.popover dl { margin: 0 0 .9rem; } .popover dt { font-weight: 600; } .popover dd { margin: 0 0 .6rem; color: var(--soft); font-size: .9rem; }
.popover button { min-height: 0; padding: .35rem .8rem; }
.summary { border: 2px solid var(--bad); background: var(--bad-tint); border-radius: .8rem; padding: 1.1rem 1.4rem; margin-bottom: 1.25rem; }
.summary h2 { color: var(--bad); margin-bottom: .4rem; } .summary ul { margin: 0; padding-left: 1.1rem; } .summary a { color: var(--bad); font-weight: 500; }
.created h2 { font-size: 1.35rem; display: flex; gap: .7rem; align-items: center; margin-bottom: .2rem; }
.created:focus { outline: none; }
.tick { display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%; background: var(--good-tint); color: var(--good); flex: none; }
.id { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.notice { margin: 0 0 1rem; }
.once { margin-bottom: 1.5rem; } .once output { background: var(--tint); border-color: var(--accent); font-size: 1.1rem; }
.mail { border: 1px solid var(--line); border-radius: .7rem; padding: 1.1rem 1.25rem; margin: 1rem 0 1.5rem; }
.mail dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .8rem; margin: 0 0 .8rem; font-size: .875rem; color: var(--soft); } .mail dd { margin: 0; overflow-wrap: anywhere; }
.mail .subject { font-weight: 600; border-top: 1px solid var(--line); padding-top: .8rem; }
.mail pre { font: inherit; font-size: .9375rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.count { font-size: .8125rem; font-weight: 500; color: var(--soft); background: var(--ground); border-radius: 1rem; padding: .1rem .55rem; margin-left: .3rem; }
.nobody { color: var(--soft); font-size: .9rem; margin: 0; }
.users { list-style: none; padding: 0; margin: 0; }
.users li { border-top: 1px solid var(--line); padding: .8rem 0; display: grid; grid-template-columns: 1fr auto; gap: .1rem .5rem; }
.users li:last-child { padding-bottom: 0; } .users b { font-weight: 600; font-size: .9375rem; } .users .id { grid-column: 1 / -1; font-size: .8125rem; }
.status { font-size: .75rem; font-weight: 550; padding: .1rem .5rem; border-radius: 1rem; background: var(--ground); color: var(--soft); height: fit-content; }
.status.on { background: var(--good-tint); color: var(--good); }
.tags { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .25rem; }
.tags span { font-size: .75rem; border: 1px solid var(--line); border-radius: .35rem; padding: 0 .4rem; color: var(--soft); }
footer { text-align: center; color: var(--soft); font-size: .8125rem; padding: 0 1rem 2rem; }
@media (prefers-reduced-motion: no-preference) { button, .button, .card-choice, input { transition: background .12s, border-color .12s; } }
"""

SCRIPT = """\
import { check, message } from "/password-policy.mjs";

const find = (id) => document.getElementById(id);
const policy = JSON.parse(find("policy").textContent);

const password = find("password");
if (password) {
  const live = find("password-live");
  const show = find("show");
  const generate = find("generate");
  const kinds = [...find("kinds").children];
  const rules = [...find("rules").children];
  const codes = ["password.too_short", "password.too_few_kinds", "password.too_long"];
  const one = { lower: 1, upper: 1, digit: 1, special: 1 };
  const missing = ["password.too_few_lower", "password.too_few_upper", "password.too_few_digits", "password.too_few_special"];
  let pause;

  const reveal = (visible) => {
    password.type = visible ? "text" : "password";
    show.textContent = visible ? show.dataset.hide : show.dataset.show;
    show.setAttribute("aria-pressed", String(visible));
  };
  const look = () => {
    const problems = check(policy, password.value);
    const broken = new Set(problems.map((problem) => problem.code));
    const each = new Set(check({ ...policy, least: one }, password.value).map((problem) => problem.code));
    rules.forEach((rule, place) => rule.classList.toggle("kept", password.value !== "" && !broken.has(codes[place])));
    kinds.forEach((kind, place) => kind.classList.toggle("there", !each.has(missing[place])));
    clearTimeout(pause);
    // A screen reader hears it when the typing pauses, and not at every key.
    pause = setTimeout(() => {
      if (password.value === "") live.textContent = "";
      else live.textContent = problems.map((problem) => message(policy, problem)).join(" ") || live.dataset.accepted;
    }, 700);
  };

  find("without-script").hidden = true;
  find("kinds").hidden = show.hidden = generate.hidden = false;
  password.addEventListener("input", look);
  show.addEventListener("click", () => reveal(password.type === "password"));
  generate.addEventListener("click", async () => {
    const answer = await fetch("/generate", { method: "POST" });
    password.value = (await answer.json()).password;
    reveal(true);
    look();
    clearTimeout(pause);
    live.textContent = generate.dataset.done;
  });
  look();
}

const readiness = find("readiness");
if (readiness) {
  const sentences = JSON.parse(readiness.dataset.sentences);
  const roles = [...document.querySelectorAll("[name=roles]")];
  const tell = () => {
    const held = roles.filter((role) => role.checked).map((role) => role.value);
    const sentence = sentences[held.join(" ")];
    readiness.textContent = sentence || readiness.dataset.ready;
    readiness.classList.toggle("ready", !sentence);
  };
  roles.forEach((role) => role.addEventListener("change", tell));
  tell();
}

find("copy")?.addEventListener("click", async (event) => {
  await navigator.clipboard.writeText(find("once").textContent);
  event.target.textContent = event.target.dataset.copied;
});
"""

FILES = {
    "portal.css": (STYLE, "text/css"),
    "portal.mjs": (SCRIPT, "text/javascript"),
    "password-policy.mjs": (es_module(), "text/javascript"),
}


def make_app(page: Page) -> Flask:
    """
    Return the web application that shows *page*.
    """
    app = Flask(__name__)

    @app.get("/")
    def enter() -> Response:
        language = accepted_language(request.headers.get("Accept-Language", ""))
        return redirect(f"/{language}/employee")

    @app.route("/<locale>/<kind>", methods=["GET", "POST"])
    def form(locale: str, kind: str) -> tuple[str, int]:
        if locale not in LANGUAGES or kind not in KINDS:
            abort(404)
        if request.method == "GET":
            return show(page, locale, kind), 200
        sent = page.describe(kind).read(request.form.items(multi=True))
        try:
            created = page.create(kind, sent, UUID(request.form["request_id"]))
        except (InvalidFields, Refused) as refused:
            problems = problems_by_field(refused)
            return show(page, locale, kind, sent=sent, problems=problems), 422
        except Unavailable as failure:
            return failure.message(locale), 503
        return show(page, locale, kind, created=created), 201

    @app.post("/generate")
    def generate() -> dict[str, str]:
        return {"password": POLICY.generate().reveal()}

    @app.get("/<name>")
    def file(name: str) -> Response:
        if name not in FILES:
            abort(404)
        content, kind = FILES[name]
        return Response(content, mimetype=kind)

    app.before_request(keep_out)
    app.after_request(protect)
    return app


def keep_out() -> None:
    """
    Turn away who posts from another site, or reaches this one by another name.
    """
    if request.host.partition(":")[0] not in {HOST, "localhost"}:
        abort(400)
    origin = request.headers.get("Sec-Fetch-Site", "none")
    if request.method == "POST" and origin not in {"none", "same-origin"}:
        abort(403)


def protect(answer: Response) -> Response:
    """
    Keep *answer* out of caches, and foreign content out of it.
    """
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def show(
    page: Page,
    locale: str,
    kind: str,
    *,
    sent: dict[str, object] | None = None,
    problems: Mapping[str, tuple[Problem, ...]] | None = None,
    created: Created | None = None,
) -> str:
    """
    Return the page: the form, untouched or refused, or who was created.
    """
    form = page.describe(kind)
    found = problems or {}
    return render_template_string(
        PAGE,
        created=created,
        description=_script_safe(POLICY.description(locale)),
        form=form,
        generate=form["generate_password"],
        kind=kind,
        kinds=KINDS,
        labels={field.name: field.label(locale) for field in form.fields},
        languages=("nl", "fr", "en"),
        levels=list(Level),
        locale=locale,
        mail=page.mail_to(created.user) if created else None,
        parts=PARTS,
        policy=POLICY,
        problems=found,
        readiness=json.dumps(_readiness(locale)),
        request_id=uuid4(),
        save=text("form.save", locale),
        signed_in=page.signed_in,
        sent=sent or {},
        summary=error_summary(found, locale),
        summary_title=text("http.422", locale),
        title=text(f"form.new_{kind.replace('-', '_')}", locale),
        users=page.users(),
        words=WORDS[locale],
    )


def _readiness(locale: str) -> dict[str, str]:
    """
    Return what is missing for the digital products, by the roles that are ticked.
    """
    staff = [role for role in Role if role in STAFF_ROLES]
    return {
        " ".join(role.value for role in held): "".join(
            notice.message(locale) for notice in readiness({*held})
        )
        for number in range(len(staff) + 1)
        for held in combinations(staff, number)
    }


def _script_safe(data: object) -> Markup:
    # JSON inside a script element ends where a tag would begin.
    return Markup(json.dumps(data).replace("<", "\\u003c"))  # noqa: S704  Escaped above.


def main() -> None:
    """
    Serve the page until it is interrupted.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        open_office(Path(folder) / "office.sqlite", new=True, policy=POLICY) as portal,
    ):
        server = make_server(HOST, PORT, make_app(Page(portal)), threaded=True)
        print(f"http://{HOST}:{PORT}/ shows the form; Ctrl+C ends it.")  # noqa: T201  A program speaks.
        with suppress(KeyboardInterrupt):
            server.serve_forever()


if __name__ == "__main__":
    main()
