"""
The sentences in French, as written in Belgium: the reader is *vous*.
"""

from collections.abc import Mapping
from typing import Final

from . import Plural


__all__ = ["SENTENCES"]

SENTENCES: Final[Mapping[str, str | Plural]] = {
    # Fields
    "field.missing": "Remplissez ce champ.",
    "field.not_text": "Ce champ attend du texte.",
    "field.not_yes_or_no": "Cochez cette case ou laissez-la vide.",
    "field.flag_expected": "Oui ou non est attendu ici.",
    "field.not_one_of": "Choisissez parmi\u202f: {allowed}.",
    "field.not_possible": "Indiquez une autre valeur ici.",
    "field.hidden_character": "Ce champ contient un caractère invisible. Retapez-le au lieu de le coller.",
    "field.masked": "Ceci ne fait que remplacer un mot de passe. Tapez le mot de passe lui-même.",
    # WinBooks ID
    "winbooks_id.too_long": "Un WinBooks ID compte au maximum {maximum} caractères.",
    "winbooks_id.no_at_sign": (
        "Un WinBooks ID est une adresse e-mail\u202f: il manque le signe @."
    ),
    "winbooks_id.nothing_before_at": "Complétez ce qui précède le signe @.",
    "winbooks_id.nothing_after_at": "Complétez ce qui suit le signe @.",
    "winbooks_id.forbidden_character": (
        "Cette adresse contient un caractère interdit dans une adresse e-mail,"
        " comme un espace ou un second signe @."
    ),
    "winbooks_id.misplaced_dot": (
        "Un point est mal placé dans cette adresse\u202f: pas de point au début, à"
        " la fin, à côté du signe @ ou après un autre point."
    ),
    "winbooks_id.display_name": "Indiquez l’adresse seule, sans nom ni chevrons.",
    "winbooks_id.local_part_too_long": (
        "Le signe @ est précédé de {maximum} caractères au maximum."
    ),
    "winbooks_id.non_ascii_local_part": (
        "Avant le signe @, seules les lettres sans accent sont possibles."
    ),
    "winbooks_id.curved_apostrophe": (
        "Avant le signe @, tapez une apostrophe droite, non courbe."
    ),
    "winbooks_id.long_dash": "Tapez un trait d’union ordinaire (-) et non un tiret.",
    "winbooks_id.invisible_character": (
        "Cette adresse contient un caractère invisible\u202f; retapez-la au lieu de la"
        " coller."
    ),
    "winbooks_id.quoted_local_part": (
        "Les guillemets ne sont pas possibles avant le signe @."
    ),
    "winbooks_id.encoded_word": (
        "Les signes =? et ?= ne sont pas possibles avant le signe @."
    ),
    "winbooks_id.routing_character": (
        "Les signes % et ! ne sont pas possibles avant le signe @."
    ),
    "winbooks_id.domain_too_long": (
        "Le signe @ est suivi de {maximum} caractères au maximum, dont"
        " {maximum_between_dots} au maximum entre deux points."
    ),
    "winbooks_id.misplaced_hyphen": (
        "Un trait d’union est mal placé après le signe @\u202f: jamais à côté d’un"
        " point ou du signe @, ni à la fin."
    ),
    "winbooks_id.no_top_level_domain": (
        "Le signe @ est suivi d’un domaine complet, comme fiduciaire.be."
    ),
    "winbooks_id.special_use_domain": (
        "Aucun e-mail n’arrive à ce domaine\u202f: indiquez une adresse e-mail"
        " publique."
    ),
    "winbooks_id.domain_literal": (
        "Le signe @ est suivi d’un nom comme fiduciaire.be, et non d’un numéro"
        " entre crochets."
    ),
    "winbooks_id.invalid_domain": (
        "Le domaine après le signe @ ne peut pas exister\u202f; vérifiez-en"
        " l’orthographe."
    ),
    "winbooks_id.not_an_address": "Ceci n’est pas une adresse e-mail.",
    "winbooks_id.not_canonical": (
        "Ce WinBooks ID n’a pas été enregistré sous sa forme standard."
    ),
    # Names
    "name.too_long": "Indiquez au maximum {maximum} caractères.",
    "name.forbidden_character": "Un nom ne peut pas contenir ce signe\u202f: {characters}",
    "name.backtick": "Tapez une apostrophe à la place de ` ou ´.",
    "name.invisible_character": (
        "Ce nom contient un caractère invisible ou inconnu\u202f; retapez-le au"
        " lieu de le coller."
    ),
    "name.misplaced_mark": (
        "Dans ce nom, un accent n’a pas de lettre ou une lettre porte trop d’accents."
    ),
    "name.no_letter": "Un nom contient au moins une lettre.",
    "name.no_letter_or_digit": (
        "Le nom d’une société contient au moins une lettre ou un chiffre."
    ),
    "name.not_canonical": "Ce nom n’a pas été enregistré sous sa forme standard.",
    # Phone numbers
    "phone.too_long": "Un numéro de téléphone compte au maximum {maximum} caractères.",
    "phone.forbidden_character": (
        "Un numéro de téléphone se compose de chiffres\u202f; seuls les espaces et"
        " + ( ) . / - peuvent les séparer."
    ),
    "phone.not_international": (
        "Indiquez le numéro de téléphone avec l’indicatif du pays, comme +32 2 123"
        " 45 67."
    ),
    "phone.wrong_length": (
        "Un numéro de téléphone avec indicatif compte de {minimum} à {maximum}"
        " chiffres."
    ),
    "phone.not_possible": "Ce numéro de téléphone ne peut pas exister\u202f; vérifiez-le.",
    "phone.not_canonical": (
        "Ce numéro de téléphone n’a pas été enregistré sous sa forme standard."
    ),
    # Levels
    "level.user": "Utilisateur",
    "level.power_user": "Power User",
    "level.administrator": "Licence Admin",
    "level.user.help": (
        "Un entrepreneur\u202f: utilise les outils digitaux pour ses propres dossiers"
        " et ne gère personne."
    ),
    "level.power_user.help": "Un collaborateur de la fiduciaire\u202f: crée et gère des clients finaux dans les dossiers auxquels il a lui-même accès.",
    "level.administrator.help": (
        "Un collaborateur de la fiduciaire\u202f: gère tous les utilisateurs de la"
        " licence, leurs niveaux, rôles et dossiers."
    ),
    # Roles
    "role.connect_accountant.help": (
        "Utiliser Connect comme comptable et valider ce que l’entrepreneur a envoyé"
        " avant le traitement."
    ),
    "role.view_admin.help": (
        "Administrer View\u202f: créer et modifier rapports, structures et diaporamas."
    ),
    "role.connect_entrepreneur.help": (
        "Utiliser Connect comme entrepreneur\u202f: déposer des documents pour le"
        " comptable."
    ),
    "role.view_user.help": "Consulter les rapports dans View.",
    "role.not_for_staff": (
        "{role} est un rôle pour les clients finaux, pas pour les collaborateurs."
    ),
    "role.not_for_end_customers": (
        "{role} est un rôle pour les collaborateurs, pas pour les clients finaux."
    ),
    "role.incomplete_for_digital_products": (
        "Pas encore prêt pour les outils digitaux\u202f; il manque\u202f: {missing}."
    ),
    # The creation form and its refusals
    "number.invalid": "Utilisez uniquement des lettres, des chiffres et . _ / -, au maximum {maximum} caractères.",
    "password.typed_and_generated": "Tapez un mot de passe ou faites-en générer un, pas les deux.",
    "password.generation_not_allowed": "Aucun mot de passe ne peut être généré ici\u202f: indiquez celui de WinBooks on Web.",
    "password.wrong": "Le mot de passe n’est pas correct.",
    "dossier.required": "Choisissez au moins un dossier.",
    "dossier.not_in_licence": "Le dossier {number} ne fait pas partie de cette licence.",
    "role.required": "Choisissez au moins un rôle.",
    "winbooks_id.held_back_until": "Ce WinBooks ID appartenait récemment à quelqu’un d’autre et n’est donné à personne d’autre avant le {date}.",
    "winbooks_id.held_back": "Ce WinBooks ID appartenait récemment encore à une autre personne et n’est pas encore réattribué.",
    "winbooks_id.taken": "Ce WinBooks ID existe déjà.",
    "licence.not_found": "Cette licence n’est pas enregistrée.",
    "licence.registered_differently": "La licence est déjà enregistrée avec d’autres données\u202f: {field}.",
    "licence.field.product": "produit",
    "licence.field.holder": "titulaire",
    "licence.field.language": "langue",
    "licence.field.dossiers": "dossiers",
    "user.not_found": "Cet utilisateur n’existe pas ici.",
    "user.saved_meanwhile": "Quelqu’un d’autre a modifié cet utilisateur entre-temps. Vérifiez ses données avant d’enregistrer.",
    "request.reused": "Ce numéro de demande a déjà servi pour une autre demande.",
    "authorization.not_active": "Votre propre compte n’est pas actif.",
    "authorization.foreign_licence": "Vous n’avez aucun droit dans une autre licence.",
    "authorization.manages_nobody": "Vous ne pouvez ni créer ni gérer d’utilisateurs.",
    "authorization.end_customers_only": "Un Power User crée et gère uniquement des clients finaux.",
    "authorization.other_dossiers": "Vous ne pouvez gérer que des utilisateurs dans les dossiers auxquels vous avez vous-même accès.",
    "authorization.invalid_operator": "Le nom de l’opérateur tient sur une ligne de 1 à {maximum} caractères.",
    "authorization.own_password": (
        "Vous ne pouvez pas réinitialiser ici votre propre mot de passe. Modifiez-le à l’aide de votre mot de passe actuel."
    ),
    "authorization.level_above_own": "Vous ne pouvez pas attribuer un niveau supérieur au vôtre.",
    "winbooks_id.not_the_on_web_login": "Ce n’est pas l’identifiant d’un utilisateur de WinBooks on Web.",
    "password.not_the_on_web_password": "Ce n’est pas le mot de passe de cet utilisateur sur WinBooks on Web.",
    "password.change_it_on_web_first": "C’est le mot de passe de WinBooks on Web, mais il ne respecte pas la règle du Portail. Modifiez-le d’abord dans WinBooks on Web.",
    "authorization.only_winbooks": "Seul WinBooks peut enregistrer des licences.",
    "authorization.only_outside": "Seuls WinBooks et le distributeur modifient les licences et leurs dossiers.",
    "creation.mailed_while_inactive": "L’e-mail indique que le compte n’est pas encore actif.",
    "creation.done_before": "Cette demande a déjà été exécutée\u202f; le mot de passe ne s’affiche qu’une fois.",
    # Passwords
    "password.not_unicode": (
        "Le mot de passe contient un caractère endommagé. Tapez-le à nouveau."
    ),
    "password.control_character": (
        "Retirez les retours à la ligne, tabulations et autres caractères de contrôle."
    ),
    "password.unassigned_character": (
        "Le mot de passe contient un caractère inconnu d’Unicode. Retirez-le."
    ),
    "password.too_short": Plural(
        "missing",
        "Utilisez au moins {minimum} caractères\u202f: il en manque 1.",
        "Utilisez au moins {minimum} caractères\u202f: il en manque {missing}.",
    ),
    "password.too_long": "Utilisez au maximum {maximum} caractères.",
    "password.too_few_kinds": "Utilisez au moins {needed} de ces types de caractères\u202f: minuscules, majuscules, chiffres et caractères spéciaux.",
    "password.too_few_lower": Plural(
        "minimum",
        "Utilisez au moins {minimum} minuscule.",
        "Utilisez au moins {minimum} minuscules.",
    ),
    "password.too_few_upper": Plural(
        "minimum",
        "Utilisez au moins {minimum} majuscule.",
        "Utilisez au moins {minimum} majuscules.",
    ),
    "password.too_few_digits": Plural(
        "minimum",
        "Utilisez au moins {minimum} chiffre.",
        "Utilisez au moins {minimum} chiffres.",
    ),
    "password.too_few_special": Plural(
        "minimum",
        "Utilisez au moins {minimum} caractère spécial.",
        "Utilisez au moins {minimum} caractères spéciaux.",
    ),
    "password.too_many_lower": Plural(
        "maximum",
        "Utilisez au maximum {maximum} minuscule.",
        "Utilisez au maximum {maximum} minuscules.",
    ),
    "password.too_many_upper": Plural(
        "maximum",
        "Utilisez au maximum {maximum} majuscule.",
        "Utilisez au maximum {maximum} majuscules.",
    ),
    "password.too_many_digits": Plural(
        "maximum",
        "Utilisez au maximum {maximum} chiffre.",
        "Utilisez au maximum {maximum} chiffres.",
    ),
    "password.too_many_special": Plural(
        "maximum",
        "Utilisez au maximum {maximum} caractère spécial.",
        "Utilisez au maximum {maximum} caractères spéciaux.",
    ),
    "password.character_not_allowed": (
        "Utilisez uniquement ces caractères\u202f: {allowed}"
    ),
    "password.character_forbidden": ("Retirez ces caractères\u202f: {forbidden}"),
    "password.run_too_long": Plural(
        "maximum",
        "Ne répétez aucun caractère.",
        "N’utilisez aucun caractère plus de {maximum} fois de suite.",
    ),
    "password.forbidden_word": (
        "Le mot de passe contient un mot qui ne peut pas y figurer."
    ),
    "password.denied": (
        "Ce mot de passe figure sur la liste des mots de passe refusés. Choisissez-en un autre."
    ),
    "password.too_weak": (
        "Ce mot de passe est trop facile à deviner. Allongez-le avec des mots sans lien entre eux."
    ),
    "password.personal_words": "Ce mot de passe se compose surtout de vos propres données, comme votre nom, votre adresse ou votre société. Utilisez en plus au moins {needed} caractères différents.",
    "password.common_words": "Ce mot de passe se compose surtout de mots ou d’années que tout le monde essaie d’abord. Utilisez en plus au moins {needed} caractères différents.",
    "password.personal_word_found": "Ce mot de passe contient une partie de vos propres données, comme votre nom, votre adresse ou votre société. Choisissez-en un qui ne les contient pas.",
    "password.common_word_found": "Ce mot de passe contient un mot ou une année que l’on essaie d’abord. Choisissez-en un sans de tels mots.",
    "password.breached": (
        "Ce mot de passe figure dans une fuite de données et sera donc essayé en premier. Choisissez-en un autre."
    ),
    "password.breach_unknown": (
        "Impossible de vérifier pour le moment si ce mot de passe figure dans une fuite de données. Réessayez plus tard."
    ),
    "password.no_leaked_passwords": "Chaque mot de passe doit être cherché dans une liste de mots de passe divulgués, et aucune n’a été indiquée ici. Les responsables de cette application doivent en indiquer une, en ligne de commande avec --breached.",
    # Password policies
    "password_policy.out_of_range": "{rule} doit se situer entre {least} et {most}.",
    "password_policy.alphabet_empty": "L’alphabet est vide.",
    "password_policy.alphabet_repeats": "L’alphabet contient deux fois le même caractère.",
    "password_policy.alphabet_unusable": "L’alphabet contient un caractère qui ne peut pas figurer seul.",
    "password_policy.length_not_accepted": "La longueur d’un mot de passe généré doit se situer entre {minimum} et {maximum}.",
    "password_policy.nothing_to_generate": "Aucun mot de passe de cette longueur, avec cet alphabet, ne respecte les règles.",
    "password_policy.character_unusable": "{rule} contient un caractère qui ne peut pas figurer seul, ou un mot vide.",
    "password_policy.rules_clash": "Aucun mot de passe ne peut respecter toutes ces règles à la fois\u202f: {rules}.",
    "password_policy.too_large": (
        "Ces règles ensemble sont trop vastes pour une réponse exacte (plus de {most} étapes)."
    ),
    "password_policy.unknown_word_list": "{rule} renvoie à une liste qui n’existe pas\u202f; voici celles qui existent\u202f: {known}.",
    "password_policy.unknown_rule": "La règle {rule} n’existe pas.",
    "password_policy.wrong_type": ("{rule} attend {expected}."),
    "password_policy.type.integer": "un nombre entier",
    "password_policy.type.string": "du texte",
    "password_policy.type.list_of_strings": "une liste de textes",
    "password_policy.type.boolean": "true ou false",
    "password_policy.text_too_long": "Une politique écrite a au plus {most} caractères, la plupart dans des listes de mots.",
    "password_policy.rollout_order": "Dans un déploiement, {later} ne précède pas {earlier}.",
    "password_policy.rollout_in_a_rollout": "La politique d’avant un déploiement n’a pas elle-même de déploiement.",
    "password_policy.type.date": "un jour, comme 2027-01-31",
    "password_policy.type.table": "une table",
    "password_policy.unreadable": "Ceci n’est pas du {notation} valide en UTF-8.",
    # Letters
    "letter.weekdays": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "letter.months": (
        "janvier février mars avril mai juin juillet"
        " août septembre octobre novembre décembre"
    ),
    "letter.instant": Plural(
        "day",
        one="{weekday} {day}er {month} {year} à {hour}h{minute} (heure belge)",
        other="{weekday} {day} {month} {year} à {hour}h{minute} (heure belge)",
    ),
    "letter.sender": "Portail WinBooks",
    "letter.greeting": "Bonjour,",
    "letter.inactive": (
        "Votre WinBooks ID n’est pas encore actif. Vous pourrez vous connecter dès"
        " que {company} aura activé votre accès."
    ),
    "letter.winbooks_id": "WinBooks ID",
    "letter.password": "Mot de passe",
    "letter.valid": "Valable jusqu’au",
    "letter.row": "{label}\u202f:\n    {value}",
    "letter.on_web": (
        "Connectez-vous avec le mot de passe que vous utilisez déjà pour WinBooks on"
        " Web."
    ),
    "letter.sign_in": "Se connecter au Portail",
    "letter.link": ("Le bouton ne fonctionne pas\u202f? Ouvrez cette adresse\u202f:"),
    "letter.secrecy": (
        "Gardez ce mot de passe pour vous\u202f: personne chez WinBooks ne vous le"
        " demandera jamais."
    ),
    "letter.reason": "Vous recevez cet e-mail parce que {company} a enregistré votre adresse. Si vous ne connaissez pas {company}, vous pouvez supprimer cet e-mail.",
    "letter.automatic": (
        "Ce message a été envoyé automatiquement\u202f; les réponses ne sont pas lues."
    ),
    "letter.credentials.subject": "Votre WinBooks ID pour le Portail",
    "letter.credentials.title": "Votre WinBooks ID a été créé",
    "letter.credentials.introduction": "{company} a créé un WinBooks ID pour vous. C’est votre clé d’accès personnelle au Portail et le lien entre les produits WinBooks que vous utilisez.",
    "letter.credentials.remark": (
        "À votre première connexion, vous choisirez vous-même un nouveau mot de passe."
    ),
    "letter.reset.subject": "Votre nouveau mot de passe pour le Portail",
    "letter.reset.title": "Votre mot de passe a été réinitialisé",
    "letter.reset.introduction": "{company} a défini un nouveau mot de passe pour votre WinBooks ID. L’ancien ne fonctionne plus.",
    "letter.reset.remark": "À votre prochaine connexion, vous choisirez vous-même un nouveau mot de passe.",
    "letter.set_password.subject": "Choisissez votre mot de passe pour le Portail",
    "letter.set_password.title": "Choisissez votre mot de passe",
    "letter.set_password.introduction": "Avec le lien ci-dessous, vous choisissez vous-même le mot de passe de votre WinBooks ID chez {company}.",
    "letter.set_password.remark": "Le lien fonctionne une seule fois. Tant que vous n’avez rien choisi, rien ne change.",
    "letter.set_password.button": "Choisir un mot de passe",
    "letter.set_password.reason": "Vous n’avez rien demandé\u202f? Vous pouvez alors supprimer cet e-mail\u202f: votre mot de passe actuel reste valable.",
    "letter.confirm_id.subject": "Confirmez votre nouveau WinBooks ID",
    "letter.confirm_id.title": "Confirmez votre nouveau WinBooks ID",
    "letter.confirm_id.introduction": "{company} souhaite utiliser désormais cette adresse e-mail comme votre WinBooks ID.",
    "letter.confirm_id.remark": "Tant que vous n’avez pas confirmé, vous vous connectez avec votre WinBooks ID actuel. Indiquez ensuite le nouveau dans les produits WinBooks que vous utilisez.",
    "letter.confirm_id.button": "Confirmer cette adresse",
    "letter.confirm_id.reason": "Vous ne connaissez pas {company}\u202f? Vous pouvez alors supprimer cet e-mail\u202f: rien ne change.",
    "letter.id_change.subject": "Votre WinBooks ID va être modifié",
    "letter.id_change.title": "Votre WinBooks ID va être modifié",
    "letter.id_change.introduction": "{company} a demandé de remplacer votre WinBooks ID par une autre adresse e-mail. La modification prend effet dès que cette adresse est confirmée.",
    "letter.id_change.remark": "Vous n’étiez pas au courant\u202f? Prévenez immédiatement {company}\u202f: la modification peut encore être annulée.",
    "letter.id_change.reason": "Vous recevez cet e-mail parce que cette adresse est actuellement votre WinBooks ID.",
    "letter.changed_at": "Modifié le",
    "letter.changed_password.subject": "Le mot de passe de votre WinBooks ID a été modifié",
    "letter.changed_password.title": "Votre mot de passe a été modifié",
    "letter.changed_password.introduction": "Le mot de passe de votre WinBooks ID chez {company} a été modifié. L’ancien ne fonctionne plus.",
    "letter.changed_password.remark": "Vous n’étiez pas au courant\u202f? Prévenez immédiatement {company}.",
    "letter.changed_password.reason": "Vous recevez cet e-mail parce que cette adresse est votre WinBooks ID.",
    "letter.changed_on_web.subject": "Vous vous connectez désormais avec le mot de passe de WinBooks on Web",
    "letter.changed_on_web.title": "Votre mot de passe est celui de WinBooks on Web",
    "letter.changed_on_web.introduction": "{company} travaille désormais avec WinBooks on Web. Votre WinBooks ID reste\u202f; connectez-vous avec le mot de passe que vous utilisez dans WinBooks on Web. L’ancien ne fonctionne plus.",
    "letter.changed_on_web.remark": "Vous n’étiez pas au courant\u202f? Prévenez immédiatement {company}.",
    "letter.changed_on_web.reason": "Vous recevez cet e-mail parce que cette adresse est votre WinBooks ID.",
    "letter.changed_winbooks_id.subject": "Votre WinBooks ID a été modifié",
    "letter.changed_winbooks_id.title": "Votre WinBooks ID a été modifié",
    "letter.changed_winbooks_id.introduction": "{company} a remplacé votre WinBooks ID par une autre adresse e-mail. Vous ne vous connectez plus avec celui ci-dessous.",
    "letter.changed_winbooks_id.remark": "Vous n’étiez pas au courant\u202f? Prévenez immédiatement {company}.",
    "letter.changed_winbooks_id.reason": "Vous recevez cet e-mail parce que cette adresse était votre WinBooks ID.",
    # Advice on weak passwords
    "password_advice.row_of_keys": ("Une rangée de touches est facile à deviner."),
    "password_advice.keyboard_pattern": (
        "Les motifs courts sur le clavier sont faciles à deviner\u202f; prenez-en un plus long, avec plus de détours."
    ),
    "password_advice.repeats": (
        "Répéter des mots ou des caractères n’ajoute presque rien."
    ),
    "password_advice.sequences": (
        "Les suites comme «\u202fabc\u202f» ou «\u202f6543\u202f» sont faciles à deviner."
    ),
    "password_advice.years": (
        "Évitez les années récentes et celles qui vous concernent."
    ),
    "password_advice.dates": (
        "Les dates sont faciles à deviner, surtout celles qui vous concernent."
    ),
    "password_advice.common_password": (
        "C’est l’un des mots de passe les plus utilisés."
    ),
    "password_advice.similar_to_common": (
        "Ceci ressemble à un mot de passe très courant."
    ),
    "password_advice.single_word": ("Un mot seul est facile à deviner."),
    "password_advice.names": (
        "Les prénoms et les noms de famille sont faciles à deviner."
    ),
    "password_advice.few_words": (
        "Prenez quelques mots sans lien entre eux, pas une expression connue."
    ),
    "password_advice.another_word": (
        "Ajoutez un mot ou deux, de préférence peu courants."
    ),
    "password_advice.capitals": "Une majuscule au début, ou des majuscules partout, n’apportent pas grand-chose.",
    "password_advice.reversed": (
        "Un mot écrit à l’envers est à peine plus difficile à deviner."
    ),
    "password_advice.substitutions": "Remplacer des lettres par des signes, comme «\u202f@\u202f» pour «\u202fa\u202f», n’apporte pas grand-chose.",
    # Audits of password policies
    "password_audit.min_length": ("Au moins {needed} caractères."),
    "password_audit.max_length": "Au moins {needed} caractères sont autorisés.",
    "password_audit.no_composition": "Aucun type de caractères n’est exigé.",
    "password_audit.kinds": "Au moins {needed} types de caractères.",
    "password_audit.blocklist": "Les mots de passe courants ou divulgués dans une fuite sont refusés.",
    "password_audit.context_words": "Les mots qui renvoient à l’entreprise et à ses produits sont refusés.",
    "password_audit.no_dictionary_words": "Outre les mots du dictionnaire que contiennent les listes, il y a au moins {needed} caractères différents.",
    "password_audit.accepted": "Est accepté, par exemple : {password}",
    "password_audit.accepted_for": "Est accepté pour {person}, par exemple : {password}",
    "password_audit.personal_words": ("Aucune partie du nom de l’utilisateur."),
    "password_audit.all_characters": (
        "Tous les caractères imprimables et espaces d’Unicode sont acceptés."
    ),
    "password_audit.normalised": ("Le texte est normalisé (NFC) et jamais tronqué."),
    "password_audit.no_periodic_change": (
        "Aucun changement n’est demandé sans raison."
    ),
    "password_audit.limited_attempts": "Le nombre de tentatives est limité.",
    "password_audit.second_factor": ("Un deuxième facteur est demandé."),
    "password_audit.compensation.no_composition": "Les types de caractères exigés sont contraires à cette clause, qui n’est donc pas respectée. La longueur, la force et les mots refusés compensent\u202f: chaque mot de passe généré satisfait aux deux exigences.",
    "password_audit.compensation.min_length": (
        "Un deuxième facteur ou un minimum plus élevé compense\u202f; les mots de passe générés ont 16 caractères."
    ),
    # Provisioning files
    "provisioning_file.not_toml": "Ce n’est pas du TOML, à partir de la colonne {column}. Le texte se met entre guillemets droits, de même que les numéros de licence, de dossier et de téléphone.",
    "provisioning_file.not_utf_8": "Ce fichier n’est pas enregistré en UTF-8. Enregistrez-le à nouveau dans cet encodage.",
    "provisioning_file.unknown_table": "La table {name} n’existe pas\u202f; la plus proche est {nearest}.",
    "provisioning_file.unknown_field": "Le champ {name} n’existe pas ici\u202f; le plus proche est {nearest}.",
    "provisioning_file.not_one_table": "Écrivez [{name}], une seule fois.",
    "provisioning_file.not_tables": "Écrivez chaque fois [[{name}]].",
    "provisioning_file.not_quoted": (
        "Mettez la valeur entre guillemets\u202f: c’est du texte."
    ),
    "provisioning_file.same_winbooks_id": (
        "Ce WinBooks ID figure déjà dans ce fichier, à la ligne {first_line}."
    ),
    "provisioning_file.same_dossier": (
        "Ce dossier figure déjà dans ce fichier, à la ligne {first_line}."
    ),
    "provisioning_file.undeclared_dossier": "Ce fichier ne contient pas de [[dossier]] portant le numéro {number}.",
    # The command line
    "cli.not_installed": 'La ligne de commande nécessite d’autres paquets. Exécutez\u202f: pip install "winbooks-identity[cli]"',
    "cli.interrupted": "Interrompu.",
    "cli.no_on_web_connection": "La ligne de commande n’est pas connectée à WinBooks on Web et ne peut donc pas vérifier ces identifiants et mots de passe. Créez les utilisateurs de cette licence dans le produit ou synchronisez-les.",
    # The command line: wrong usage
    "cli.usage.unknown_option": "Cette option n’existe pas\u202f; la plus proche est {nearest}.",
    "cli.usage.unknown_command": "Cette commande n’existe pas. Choisissez parmi\u202f: {commands}.",
    "cli.usage.too_much": (
        "Il y a un argument de trop. Si c’était un mot de passe\u202f: le shell"
        " le garde maintenant dans son historique. Les mots de passe sont"
        " demandés ou lus sur l’entrée standard."
    ),
    "cli.usage.missing": "Il manque {name}.",
    "cli.usage.wrong_value": "{name} n’accepte pas cette valeur.",
    "cli.usage.repeated": "Indiquez {name} une seule fois.",
    "cli.usage.wrong": "Ces arguments ne sont pas compatibles.",
    "cli.usage.one_destination": "Indiquez --mail-dir ou --smtp-host, pas les deux.",
    "cli.usage.no_destination": "Indiquez où vont les e-mails\u202f: --mail-dir ou --smtp-host.",
    "cli.usage.key_in_use": "La clé {id} est utilisée. Placez-en d’abord une nouvelle devant\u202f: winbooks-identity key rotate.",
    "cli.usage.no_such_key": "L’une de ces clés ne figure pas dans le fichier. La commande key list montre celles qui y figurent.",
    "cli.usage.which_mails": "Désignez les e-mails par leurs identifiants ou par --reason, ou prenez --all.",
    "cli.usage.no_such_mail": "L’un de ces identifiants ne correspond à aucun e-mail de ce genre, ou à plusieurs. La commande mail list les montre.",
    "cli.usage.no_sender": "Des e-mails doivent être envoyés\u202f: indiquez --sender et --portal-url.",
    "cli.usage.wrong_sender": "--sender attend une adresse e-mail, --portal-url une adresse en https://.",
    "cli.usage.unsafe_smtp": "Sans chiffrement, les e-mails ne vont que vers un serveur de cet ordinateur\u202f; et --smtp-user va de pair avec --smtp-password-file.",
    "cli.usage.wrong_address": "Une base de données est le chemin d’un fichier SQLite, ou une adresse qui commence par postgresql://.",
    "cli.usage.password_in_address": "Un mot de passe n’a pas sa place dans l’adresse de la base de données\u202f: d’autres pourraient le lire. Donnez-le par PGPASSWORD, le fichier .pgpass ou un fichier de services.",
    "cli.usage.no_key_file": "Avec PostgreSQL, indiquez où sont les clés\u202f: --key-file ou WINBOOKS_IDENTITY_KEY_FILE. La commande key create les crée.",
    "cli.usage.no_token_file": "Avec PostgreSQL, dites où sont les jetons\u202f: --tokens ou WINBOOKS_IDENTITY_SCIM_TOKENS.",
    "cli.usage.no_such_token": "Aucun jeton n’a cet identifiant. La commande scim token list les affiche.",
    "cli.usage.token_not_seen": "Un jeton n’est affiché qu’une fois, et personne ne le verrait ici. Pour l’écrire dans un fichier ou vers un autre programme, ajoutez --show-token.",
    "cli.usage.no_one": "Nommez les utilisateurs par leurs WinBooks ID, ou dans un fichier avec --from.",
    "cli.usage.on_or_off": "Indiquez --on ou --off.",
    "cli.usage.no_grants": "Indiquez de quoi il s’agit\u202f: --dossier, --dossiers-of ou --role.",
    "cli.usage.no_details": "Indiquez ce qui doit être corrigé, par exemple --last-name.",
    "cli.usage.erase": "L’effacement est irréversible. Regardez avec --dry-run, puis ajoutez --yes.",
    "cli.usage.one_password": "Un mot de passe saisi vaut pour un seul utilisateur\u202f; prenez --generate-password pour plusieurs.",
    "cli.usage.new_id": "Nommez le WinBooks ID actuel et le nouveau.",
    "cli.usage.no_link_page": "Un e-mail avec un lien nécessite --sender, --portal-url et --page.",
    "cli.usage.wrong_link_page": "--sender est une adresse e-mail\u202f; --portal-url et --page commencent par https://.",
    "cli.usage.wrong_times": "Chaque délai est un nombre de jours, un au moins\u202f; les demandes ne sont pas gardées plus longtemps que l’historique.",
    "cli.usage.backup_of_server": "Une base de données PostgreSQL est copiée par son propre outil, pg_dump.",
    "cli.database.backed_up": "La copie se trouve dans {path}. Les clés n’y sont pas\u202f: conservez-les ailleurs.",
    "cli.column.kept": "Gardé",
    "cli.column.removed": "Supprimé",
    "cli.column.due": "À supprimer",
    "cli.kept.failed_attempts": "tentatives échouées",
    "cli.kept.mails": "e-mails terminés",
    "cli.kept.requests": "numéros de demande",
    "cli.kept.history": "historique",
    "cli.housekeeping.done": "Ce qui a été gardé assez longtemps est supprimé.",
    "cli.database.upgraded": ("Les tables sont à jour."),
    "cli.database.usable": Plural(
        "number",
        "La base de données et ses clés sont utilisables\u202f; elle contient {number} licence.",
        "La base de données et ses clés sont utilisables\u202f; elle contient {number} licences.",
    ),
    "cli.key.in_use": "{id}  utilisée, créée le {day}",
    "cli.key.opens": "{id}  n’ouvre plus que ce qu’elle a scellé, créée le {day}",
    "cli.key.needed": Plural(
        by="number",
        one="{number} e-mail conservé peut en avoir besoin",
        other="{number} e-mails conservés peuvent en avoir besoin",
    ),
    "cli.key.day_unknown": "un jour inconnu",
    "cli.scim.listening": "Les fournisseurs d’identité reçoivent réponse à {url}. Ctrl-C arrête le serveur.",
    "cli.scim.no_tls": "Cette adresse est accessible de l’extérieur et HTTP n’est pas chiffré\u202f: placez devant un proxy avec TLS, et nommez-le avec --proxy.",
    "cli.scim.cannot_listen": "Le serveur ne peut pas écouter là\u202f: l’adresse n’est pas celle de cette machine, ou le port est occupé.",
    "cli.scim.shown_once": "Copiez ce jeton maintenant\u202f: il ne sera plus affiché.",
    "cli.scim.revoked": "Le jeton {id} a pris fin.",
    "cli.scim.none": "Il n’y a aucun jeton.",
    "cli.scim.never": "jamais",
    "cli.scim.id": "Identifiant",
    "cli.scim.licence": "Licence",
    "cli.scim.client": "Client",
    "cli.scim.expires_at": "Fin",
    "cli.usage.help": "Plus d’informations\u202f: {command} --help",
    "cli.usage.unknown_revision": "Git ne connaît pas cette révision ici\u202f: voyez --against.",
    "cli.usage.no_such_revision": "Une politique dans une révision Git s’écrit git:RÉVISION:CHEMIN, comme git:main:policy.toml.",
    "cli.usage.no_day": "--on demande un jour, comme 2027-01-31.",
    "cli.usage.no_such_policy": "Une politique est un fichier .toml ou .json, ou l’un de ces noms\u202f: {names}.",
    # The command line: help
    "cli.help.program": "Gérer les WinBooks ID\u202f: les utilisateurs, leurs mots de passe et leurs e-mails.",
    "cli.help.usage": "Utilisation\u202f: {usage}",
    "cli.help.commands": "Commandes",
    "cli.help.arguments": "Arguments",
    "cli.help.parameters": "Options",
    "cli.help.mail": "E-mails",
    "cli.help.filters": "Filtres",
    "cli.help.output": "Sortie",
    "cli.help.choices": "[choix\u202f: {values}]",
    "cli.help.default": "[par défaut\u202f: {value}]",
    "cli.help.required": "[obligatoire]",
    "cli.help.exit_codes": "Codes de sortie\u202f: 0 réussi\u202f; 1 refusé ou non valable\u202f; 2 mauvaise utilisation\u202f; 69 un élément nécessaire n’est pas disponible\u202f; 75 réussi en partie, réessayez\u202f; 130 interrompu.",
    "cli.help.exit_codes_of_diff": "Codes de sortie\u202f: 0 égale\u202f; 1 plus stricte\u202f; 2 plus souple\u202f; 3 incomparable\u202f; 64 mauvaise utilisation\u202f; 65 une politique n’est pas valable ou est trop vaste\u202f; 69 un fichier n’est pas disponible\u202f; 130 interrompu.",
    # The command line: what stands for a value
    "cli.placeholder.shell": "SHELL",
    "cli.placeholder.command": "COMMANDE",
    "cli.placeholder.options": "OPTIONS",
    "cli.placeholder.args": "ARGUMENTS",
    "cli.placeholder.path": "CHEMIN",
    "cli.placeholder.address": "ADRESSE",
    "cli.placeholder.str": "TEXTE",
    "cli.placeholder.int": "NOMBRE",
    "cli.placeholder.choice": "CHOIX",
    "cli.placeholder.file": "FICHIER",
    "cli.placeholder.files": "FICHIERS",
    "cli.placeholder.source": "SOURCE",
    "cli.placeholder.policy": "POLITIQUE",
    "cli.placeholder.old": "ANCIENNE",
    "cli.placeholder.new": "NOUVELLE",
    "cli.placeholder.standard": "NORME",
    "cli.placeholder.winbooks_id": "WINBOOKS_ID",
    "cli.placeholder.whom": "WINBOOKS_IDS",
    "cli.placeholder.number": "NUMÉRO",
    "cli.placeholder.name": "NOM",
    "cli.placeholder.holder": "FIDUCIAIRE",
    "cli.placeholder.ids": "IDS",
    "cli.placeholder.mail_id": "ID",
    "cli.placeholder.token_id": "ID",
    # The command line: commands
    "cli.command.help": "Afficher cette aide.",
    "cli.command.version": "Afficher la version.",
    "cli.command.provision": "Rendre une fiduciaire conforme à son fichier.\n\nLe fichier est d’abord vérifié en entier et chaque problème est affiché avec son numéro de ligne. Ce qui existe déjà reste tel quel, sauf avec --apply-changes\u202f; --dry-run montre ce qui changerait. Vous pouvez relancer la commande sans risque.",
    "cli.command.user": "Créer et afficher les utilisateurs, et changer leurs droits.",
    "cli.command.user.create": "Créer un utilisateur\u202f; ce qui manque est demandé.\n\nUn mot de passe qui n’est pas généré est demandé dans le terminal\u202f; sinon, c’est la première ligne de l’entrée standard. Ce n’est jamais un argument.",
    "cli.command.user.list": "Lister les utilisateurs d’une licence.",
    "cli.command.user.show": "Afficher un utilisateur, champ par champ.",
    "cli.command.user.edit": "Corriger les noms, la société, le téléphone ou la langue\u202f; les droits restent.\n\nwinbooks-identity user edit an@office.example --last-name Maes",
    "cli.command.user.activate": "Permettre aux utilisateurs de se connecter, pour la première fois ou à nouveau.\n\nQui est déjà actif le reste.",
    "cli.command.user.deactivate": "Empêcher les utilisateurs de se connecter\u202f; tout le reste demeure.\n\nLes e-mails contenant un mot de passe ou un lien leur étant destinés sont retirés.",
    "cli.command.user.change-level": "Donner un autre niveau aux utilisateurs.\n\nwinbooks-identity user change-level an@office.example --to Administrator",
    "cli.command.user.grant": "Donner des dossiers et des rôles aux utilisateurs, en plus de ceux qu’ils ont.\n\nwinbooks-identity user grant an@office.example --dossier KORENAAR --role Connect.Accountant",
    "cli.command.user.revoke": "Retirer aux utilisateurs des dossiers, avec leurs notifications, et des rôles.\n\nTout ce qui est nommé part d’un coup, ou rien.",
    "cli.command.user.notify": "Activer ou désactiver les notifications pour tous les dossiers des utilisateurs.",
    "cli.command.user.reset-password": "Donner un autre mot de passe aux utilisateurs, qu’ils changent à leur première connexion.\n\nUn mot de passe qui n’est pas généré est demandé sur un terminal\u202f; sinon, c’est la première ligne de l’entrée standard. Ce n’est jamais un argument.",
    "cli.command.user.send-link": "Envoyer aux utilisateurs un lien pour choisir eux-mêmes un mot de passe.\n\nL’e-mail attend dans la base de données et part avec deliver.",
    "cli.command.user.change-id": "Donner un autre WinBooks ID aux utilisateurs, une fois son adresse confirmée.\n\nLes deux adresses reçoivent un e-mail. Sur chaque ligne d’un fichier pour --from, le nouvel ID suit l’actuel et un point-virgule. Avec --confirmed, l’ID change tout de suite et l’ancienne adresse est prévenue.",
    "cli.command.user.withdraw-id": "Abandonner les WinBooks ID qui attendent leur confirmation.",
    "cli.command.user.unlock": "Permettre aux utilisateurs de réessayer tout de suite, après trop de tentatives.\n\nLes limites prennent fin d’elles-mêmes, après un quart d’heure à un jour\u202f; demandez qui appelle avant d’y mettre fin.",
    "cli.command.user.erase": "Effacer les utilisateurs et tout ce qui est conservé sur eux.\n\nCe qui s’est passé reste, sans nom. C’est irréversible\u202f: regardez avec --dry-run, puis ajoutez --yes.",
    "cli.command.user.export": "Afficher tout ce qui est conservé sur les utilisateurs, en JSON, pour les personnes elles-mêmes.",
    "cli.command.user.history": "Afficher ce qui est arrivé aux utilisateurs, et qui l’a fait.\n\nUn utilisateur effacé est désigné par la clé interne qu’affiche user show.",
    "cli.command.user.explain": "Dire pourquoi les utilisateurs peuvent ouvrir un dossier ou les outils digitaux, ou ce qui manque.",
    "cli.command.deliver": "Envoyer les e-mails en attente.",
    "cli.command.sync": "Aligner les utilisateurs d’une licence on Web sur la gestion des licences.\n\nSans --apply, le plan est affiché et rien ne change. Avec --json, vous pouvez l’enregistrer, l’envoyer et l’exécuter plus tard à partir de son fichier.",
    "cli.command.collisions": "Chercher les comptes d’une table qui partageraient un WinBooks ID, ou semblent le faire.\n\nChaque ligne porte le nom du compte et son adresse, ou l’adresse seule\u202f; le séparateur est un point-virgule, une virgule ou une tabulation. Rien n’est fusionné. Le code de sortie est 1 s’il y a des jumeaux\u202f: deux comptes qui ne peuvent pas rester tous les deux.",
    "cli.command.licence.close-dossier": "Supprimer un dossier\u202f; l’accès et ses notifications disparaissent.\n\nLes clients finaux dont c’est le seul dossier sont désactivés. Regardez d’abord avec --dry-run.",
    "cli.command.licence.move-to-on-web": "Faire passer une licence WinBooks Classic à WinBooks on Web.\n\nLes utilisateurs gardent leur ID, leurs droits et leur historique. Les collaborateurs qui ont un identifiant actif dans l’export se connectent désormais avec le mot de passe de WinBooks on Web et reçoivent un e-mail\u202f; les autres gardent le leur, jusqu’à ce que vous répétiez la commande avec un export qui les contient. Regardez d’abord avec --dry-run.",
    "cli.command.licence.rename-dossier": "Donner un autre nom à un dossier\u202f; l’accès reste.",
    "cli.command.licence.add-dossier": "Ajouter un dossier à une licence.",
    "cli.command.licence.rename": "Donner un autre nom au titulaire d’une licence.\n\nLes utilisateurs gardent la société avec laquelle ils ont été créés.",
    "cli.command.licence.show": "Afficher une licence et ses dossiers.",
    "cli.command.licence.list": "Lister les licences.",
    "cli.command.licence": "Afficher les licences, et modifier leurs noms et dossiers.",
    "cli.command.password": "Générer et vérifier des mots de passe.",
    "cli.command.password.generate": "Générer un mot de passe que le Portail accepte.\n\nTous les mots de passe acceptés ont la même chance d’être tirés\u202f; les caractères qui se ressemblent n’y figurent pas.",
    "cli.command.password.check": "Vérifier si le Portail accepte un mot de passe et, sinon, pourquoi.\n\nIl est demandé dans le terminal\u202f; sinon, c’est la première ligne de l’entrée standard. Ce n’est jamais un argument.",
    "cli.command.password.index-leaks": "Créer un fichier pour --breached à partir d’une liste de mots de passe divulgués.\n\nLa liste est du texte, un SHA-1 par ligne avec ou sans nombre, comme on peut en télécharger. Elle peut être plus grande que la mémoire.",
    "cli.command.policy": "Afficher, comparer et auditer des politiques de mots de passe.",
    "cli.command.policy.show": "Afficher les règles d’une politique.",
    "cli.command.policy.diff": "Comparer une nouvelle politique à l’ancienne.\n\nLa réponse est exacte, sans échantillonnage. Les règles qui demandent une estimation ou une recherche ne se comparent pas mot de passe par mot de passe\u202f: on regarde si elles exigent plus ou moins.",
    "cli.command.policy.gate": "Refuser les changements de politique qui ne sont pas autorisés\u202f; pour un hook.\n\nChaque fichier est comparé à lui-même dans une révision Git, un nouveau à la politique du Portail. Le code de sortie est 1 si un changement n’est pas autorisé.",
    "cli.command.policy.audit": "Confronter une politique à une norme, clause par clause.\n\nLe code de sortie est 1 si une clause n’est pas respectée.",
    "cli.command.policy.impact": "Montrer ce qu’une nouvelle politique change pour les mots de passe enregistrés.\n\nAucun mot de passe n’est nécessaire\u202f: chacun est enregistré avec l’empreinte de la politique qui l’a accepté. Toutes les licences sont comptées, sauf si vous en choisissez une avec --licence ou --as.",
    "cli.command.mail": "Suivre les e-mails\u202f: lesquels attendent, lesquels sont abandonnés, et pourquoi.",
    "cli.command.mail.list": "Lister les e-mails en attente ou abandonnés, les derniers d’abord.",
    "cli.command.mail.show": "Afficher un e-mail, champ par champ\u202f; jamais son contenu.",
    "cli.command.mail.retry": "Essayer tout de suite les e-mails qui attendent un nouvel essai ou qui ont été abandonnés.\n\nLe contenu d’un e-mail abandonné est gardé jusqu’à une semaine après son expiration\u202f; un e-mail expiré n’est plus envoyé.",
    "cli.command.mail.discard": "Retirer des e-mails en attente ou abandonnés. Leur contenu est effacé\u202f: ils ne seront jamais envoyés.",
    "cli.command.mail.hold": "Retenir tous les e-mails en attente, comme après une restauration.\n\nmail list les montre, mail retry les libère, mail discard les retire.",
    "cli.command.key": "Créer, lister et remplacer les clés qui scellent les e-mails.",
    "cli.command.key.create": "Créer un fichier avec une nouvelle clé.",
    "cli.command.key.list": "Lister les clés d’un fichier, celle qui est utilisée en premier. Seul l’identifiant est affiché, jamais la clé.",
    "cli.command.key.rotate": "Placer une nouvelle clé en tête. Les anciennes ouvrent encore ce qu’elles ont scellé.\n\nLe fichier garde son propriétaire, ses droits et sa place\u202f; redémarrez les programmes qui le lisent, d’abord ceux qui envoient les e-mails.",
    "cli.command.key.remove": "Retirer d’anciennes clés d’un fichier.\n\nCe qu’elles ont scellé ne pourra plus être ouvert\u202f: attendez d’abord qu’il ne reste aucun e-mail d’avant le remplacement.",
    "cli.command.metrics": "Écrire l’état des e-mails pour Prometheus\u202f: en attente, âge, abandonnés par raison, dernier succès.",
    "cli.command.completion": "Écrire ce qui permet à un shell de compléter commandes et options.",
    "cli.command.database": "Entretenir la base de données.",
    "cli.command.database.backup": "Copier un fichier SQLite pendant que d’autres l’utilisent. Les clés ne sont pas dans la copie.",
    "cli.command.database.check": "Dire si la base de données et ses clés sont utilisables\u202f; rien ne change.",
    "cli.command.database.housekeep": "Supprimer ce qui a été gardé assez longtemps, par petites étapes pendant que d’autres travaillent. À lancer chaque nuit.",
    "cli.command.database.upgrade": "Mettre à jour les tables de la base de données\u202f; dans PostgreSQL, les créer aussi.",
    "cli.command.scim": "Laisser des fournisseurs d’identité comme Entra ID et Okta approvisionner les bureaux.",
    "cli.command.scim.serve": "Répondre aux fournisseurs d’identité qui parlent SCIM 2.0.\n\nLe serveur parle HTTP\u202f: un proxy placé devant ajoute TLS. Il s’arrête avec Ctrl-C ou SIGTERM, une fois les requêtes en cours terminées.",
    "cli.command.scim.token": "Créer, afficher, remplacer et terminer les jetons des fournisseurs d’identité.",
    "cli.command.scim.token.create": "Créer un jeton, par lequel un fournisseur d’identité approvisionne une licence.\n\nIl n’est affiché qu’une fois\u202f: seule une empreinte est conservée.",
    "cli.command.scim.token.list": "Afficher les jetons. Aucun jeton n’est montré, seulement son identifiant.",
    "cli.command.scim.token.rotate": "Créer un jeton à la place d’un autre.\n\nL’autre reste valable un moment, pour que le fournisseur d’identité reçoive le nouveau entre-temps.",
    "cli.command.scim.token.revoke": "Mettre fin à un jeton immédiatement.",
    # The command line: options
    "cli.option.database": "Le fichier SQLite dans lequel tout est enregistré, ou postgresql://... sans mot de passe. Aussi WINBOOKS_IDENTITY_DATABASE.",
    "cli.option.keep_failed_attempts": "Jours pendant lesquels les connexions échouées sont gardées, avec leur provenance.",
    "cli.option.keep_mails": "Jours pendant lesquels sont gardés les e-mails envoyés, abandonnés ou retirés.",
    "cli.option.keep_requests": "Jours pendant lesquels une création répétée renvoie son utilisateur.",
    "cli.option.keep_history": "Jours pendant lesquels l’historique est gardé\u202f; le dernier événement d’un utilisateur présent reste.",
    "cli.option.backup": "Le nouveau fichier qui recevra la copie.",
    "cli.option.key_needed": "La base de données dont les e-mails peuvent avoir besoin des clés\u202f; chaque ancienne clé indique combien.",
    "cli.option.key_file": "Les clés qui scellent les e-mails\u202f; par défaut à côté d’un fichier SQLite, avec .key après son chemin. Aussi WINBOOKS_IDENTITY_KEY_FILE.",
    "cli.option.scim_tokens": "Le fichier des jetons\u202f; par défaut à côté d’un fichier SQLite, avec .scim après son chemin. Aussi WINBOOKS_IDENTITY_SCIM_TOKENS.",
    "cli.option.scim_client": "Le nom du fournisseur d’identité dans l’historique, comme Entra ID.",
    "cli.option.scim_days": "Nombre de jours de validité du jeton\u202f; sans fin par défaut.",
    "cli.option.keep_hours": "Nombre d’heures pendant lesquelles l’autre jeton reste valable.",
    "cli.option.show_token": "Afficher le jeton même si le résultat va dans un fichier ou vers un autre programme.",
    "cli.option.scim_token_id": "L’identifiant du jeton, comme scim token list l’affiche.",
    "cli.option.scim_licence": "Seuls les jetons de cette licence sont acceptés\u202f; peut être répété. Toutes les licences par défaut.",
    "cli.option.scim_erase": "Dans cette licence, les utilisateurs qu’un fournisseur d’identité supprime sont effacés, et pas seulement désactivés\u202f; peut être répété.",
    "cli.option.scim_host": "L’adresse sur laquelle écouter.",
    "cli.option.scim_port": "Le port sur lequel écouter\u202f; 0 en prend un qui est libre.",
    "cli.option.scim_proxy": "L’adresse du proxy dont X-Forwarded-For, -Proto et -Host sont crus.",
    "cli.option.scim_send_credentials": "Envoyer leurs données de connexion aux nouveaux utilisateurs.",
    "cli.option.key_ring": "Le fichier qui contient les clés.",
    "cli.option.key_ids": "Les identifiants des clés, tels que key list les montre.",
    "cli.option.accounts": "Un fichier avec un compte par ligne.",
    "cli.option.dossier_name": "Le nom du dossier.",
    "cli.option.dossier_number": "Le numéro du dossier.",
    "cli.option.holder": "Le nom complet de la fiduciaire.",
    "cli.option.mail_state": "Quels e-mails\u202f: waiting, sent, given-up (abandonnés), held (retenus), dead (l’un ou l’autre) ou withdrawn\u202f; par défaut waiting et dead.",
    "cli.option.mail_of": "Seulement les e-mails adressés à ce WinBooks ID.",
    "cli.option.mail_id": "L’identifiant de l’e-mail, ou son début, tel que mail list le montre.",
    "cli.option.mail_ids": "Les identifiants des e-mails, ou leur début, tels que mail list les montre.",
    "cli.option.mail_reason": "Les e-mails dont la raison porte ce code, que mail list montre entre parenthèses.",
    "cli.option.mail_all": "Tous ceux qui attendent ou ont été abandonnés\u202f; retry laisse ceux qui sont retenus, que --reason mail.held envoie.",
    "cli.option.as": "Agir en tant qu’utilisateur ayant ce WinBooks ID, avec ses droits\u202f; par défaut, en tant que distributeur.",
    "cli.option.operator": "Qui est au clavier, pour l’historique\u202f; par défaut le nom de votre compte. Aussi WINBOOKS_IDENTITY_OPERATOR.",
    "cli.option.licence": "Le numéro de la licence\u202f; inutile s’il n’y en a qu’une.",
    "cli.option.show_passwords": "Afficher les mots de passe à transmettre même si le résultat va vers un fichier ou un autre programme.",
    "cli.option.sender": "L’adresse de l’expéditeur des e-mails.",
    "cli.option.portal_url": "L’adresse web où l’on se connecte\u202f; elle commence par https://.",
    "cli.option.mail_dir": "Placer chaque e-mail dans ce dossier, sous forme de fichier .eml.",
    "cli.option.smtp_host": "Envoyer les e-mails par ce serveur.",
    "cli.option.smtp_port": "Le port du serveur\u202f; par défaut, le port habituel pour --smtp-security.",
    "cli.option.smtp_security": "La protection de la connexion.",
    "cli.option.smtp_user": "Le nom pour s’identifier.",
    "cli.option.smtp_password_file": "Le fichier dont la première ligne est le mot de passe pour s’identifier.",
    "cli.option.json": "Répondre par un document JSON.",
    "cli.option.language": "La langue des textes\u202f; par défaut, celle de LC_ALL ou LANG.",
    "cli.option.file": "Le fichier avec la licence, ses dossiers et ses utilisateurs, en TOML.",
    "cli.option.dry_run": "Afficher le plan et ne rien modifier.",
    "cli.option.new_winbooks_id": "L’adresse e-mail du nouvel utilisateur.",
    "cli.option.whom": "Le WinBooks ID de l’utilisateur.",
    "cli.option.users": "Les WinBooks ID des utilisateurs.",
    "cli.option.csv": "Un nouveau fichier pour Excel, écrit avec des points-virgules.",
    "cli.option.only_text": "Seulement les utilisateurs ayant ce texte dans leur ID, nom, société ou téléphone.",
    "cli.option.only_never_signed_in": "Seulement les utilisateurs qui ne se sont jamais connectés\u202f: ils n’ont jamais choisi leur propre mot de passe.",
    "cli.option.separator": "Ce qui sépare les cellules de --csv, selon la région d’Excel\u202f: point-virgule en Belgique, virgule au Royaume-Uni.",
    "cli.option.only_must_change": "Seulement les utilisateurs qui doivent encore modifier un mot de passe initial\u202f; ceux qui ne se sont jamais connectés en font partie.",
    "cli.option.only_role": "Seulement les utilisateurs ayant ce rôle.",
    "cli.option.only_dossier": "Seulement les utilisateurs qui peuvent ouvrir le dossier portant ce numéro.",
    "cli.option.only_status": "Seulement les utilisateurs qui peuvent se connecter (active), ou ceux qui ne le peuvent pas (inactive).",
    "cli.option.only_level": "Seulement les utilisateurs de ce niveau.",
    "cli.option.from": "Un fichier avec un WinBooks ID par ligne, pour d’autres utilisateurs\u202f; - est l’entrée standard.",
    "cli.option.confirmed": "Tout de suite, sur la parole du distributeur que la nouvelle adresse est celle de l’utilisateur\u202f; l’ancienne est prévenue.",
    "cli.option.new_id": "Le nouveau WinBooks ID.",
    "cli.option.dossiers_of_step": "Le numéro d’un dossier\u202f; peut être répété.",
    "cli.option.dossiers_of": "Tous les dossiers que l’utilisateur ayant ce WinBooks ID peut ouvrir.",
    "cli.option.notices": "Les activer, ou les désactiver.",
    "cli.option.new_phone": "Téléphone\u202f; un texte vide le retire.",
    "cli.option.yes": "Effacer définitivement.",
    "cli.option.link_page": "La page à laquelle mène le lien\u202f; elle commence par https://. Aussi WINBOOKS_IDENTITY_LINK_PAGE.",
    "cli.option.explained": "Le numéro du dossier, plusieurs fois pour plusieurs\u202f; par défaut, les outils digitaux.",
    "cli.option.generate_password": "Faire générer un mot de passe.",
    "cli.option.level": "Utilisateur, Power User ou Licence Admin\u202f; un Utilisateur est un client final.",
    "cli.option.user_language": "La langue de l’utilisateur\u202f: nl, fr ou en.",
    "cli.option.activate": "Activer l’utilisateur tout de suite, ou pas encore.",
    "cli.option.send_credentials": "Envoyer les données de connexion à l’utilisateur.",
    "cli.option.dossier": "Un dossier auquel donner accès\u202f; peut être répété.",
    "cli.option.role": "Un rôle\u202f; peut être répété.",
    "cli.option.notify_all_dossiers": "Activer les notifications pour tous les dossiers de l’utilisateur.",
    "cli.option.loop": "Continuer à envoyer ce qui arrive, jusqu’à Ctrl-C.",
    "cli.option.length": "Le nombre de caractères.",
    "cli.option.count": "Le nombre de mots de passe.",
    "cli.option.plain_start": "Commencer par une lettre ou un chiffre, pour qu’aucun tableur ne prenne le mot de passe pour une formule.",
    "cli.option.password_policy": "Les règles des mots de passe\u202f: le nom d’une politique ou son fichier.",
    "cli.option.breached": "Un fichier de mots de passe divulgués, créé par password index-leaks\u202f; sans lui, aucun n’est recherché.",
    "cli.option.leaks": "La liste des mots de passe divulgués.",
    "cli.option.leaks_index": "Le fichier à créer, pour --breached.",
    "cli.option.about": "Ce que l’on sait de la personne\u202f: un nom, une entreprise\u202f; plusieurs fois.",
    "cli.option.policy": "Le nom d’une politique, un fichier .toml ou .json, ou un fichier dans une révision Git\u202f: git:main:policy.toml.",
    "cli.option.share_length": "La longueur pour laquelle la part de mots de passe refusés est calculée.",
    "cli.option.report_format": "Comment le rapport est écrit.",
    "cli.option.people": "Une liste de mots de passe que les gens choisissent\u202f: habits, public, ou un fichier, en clair ou de hachages SHA-1\u202f; une fois par liste.",
    "cli.option.policy_files": "Les fichiers de politique.",
    "cli.option.against": "La révision Git à laquelle comparer.",
    "cli.option.allow": "Quels changements sont autorisés\u202f; peut être répété. Une politique identique l’est toujours\u202f; par défaut, seule une plus stricte l’est.",
    "cli.option.standard": "La norme à laquelle la confronter.",
    "cli.option.rollout_day": "Le jour du déploiement à afficher, comme 2027-01-31\u202f; aujourd’hui par défaut.",
    "cli.option.known": "Une politique antérieure dans un fichier .toml ou .json\u202f; peut être répété. Celles qui ont un nom sont déjà connues.",
    "cli.option.logins": "L’export de la gestion des licences, comme pour sync\u202f: qui a un identifiant WinBooks on Web.",
    "cli.option.export": "L’export\u202f: .csv, ou .jsonl avec un objet JSON par ligne. Ou un plan établi auparavant avec --json\u202f: .json.",
    "cli.option.all_feeds": "Suivre chaque flux d’un dossier\u202f: des fichiers .csv, .xlsx ou .jsonl nommés d’après le numéro de leur licence, comme WB-1.xlsx.",
    "cli.option.shell": "Le shell.",
    "cli.option.apply": "Exécuter le plan.",
    "cli.option.deactivate": "Désactiver ceux qui manquent dans un export complet ou n’y sont pas actifs.",
    "cli.option.reactivate": "Réactiver aussi les utilisateurs qu’une personne a désactivés.",
    "cli.option.at_most": "Combien d’utilisateurs peuvent être désactivés, combien réactivés, et combien peuvent recevoir un autre WinBooks ID\u202f; par défaut 3, ou un sur dix si c’est davantage.",
    "cli.option.reactivate_unsaid": "Avec --apply-changes\u202f: réactiver les utilisateurs inactifs, même si le fichier ne dit pas activate = true.",
    "cli.option.deactivate_absent": "Avec --apply-changes\u202f: désactiver les utilisateurs absents du fichier.",
    "cli.option.apply_changes": "Modifier aussi ce qui est enregistré autrement, comme le plan le montre.",
    # The command line: provisioning
    "cli.provision.refused": Plural(
        "number",
        "{number} problème\u202f: rien n’a été fait.",
        "{number} problèmes\u202f: rien n’a été fait.",
    ),
    "cli.provision.creating": "Création des utilisateurs",
    "cli.provision.nobody": "Le fichier ne contient aucun utilisateur.",
    "cli.provision.nothing_done": "Ceci est le plan\u202f: rien n’a été fait.",
    "cli.provision.nothing_changed": "Rien n’a changé\u202f: tout le monde existe déjà.",
    "cli.provision.unnamed": "Dossiers absents du fichier, qui restent\u202f: {numbers}",
    "cli.provision.stays": "laissé tel quel",
    "cli.provision.absent": "Absents du fichier\u202f:",
    "cli.provision.left_alone": "Ce qui est enregistré autrement reste tel quel. Avec --apply-changes, tout devient comme le fichier le dit.",
    "cli.provision.interrupted": (
        "Interrompu. Chaque utilisateur ci-dessus est complet\u202f; relancez la"
        " même commande pour le reste."
    ),
    "cli.provision.withheld": Plural(
        "number",
        (
            "{number} mot de passe généré n’atteindrait personne\u202f: rien n’a donc"
            " été fait. Ajoutez --show-passwords, ou send_credentials = true"
            " dans le fichier."
        ),
        (
            "{number} mots de passe générés n’atteindraient personne\u202f: rien n’a"
            " donc été fait. Ajoutez --show-passwords, ou send_credentials ="
            " true dans le fichier."
        ),
    ),
    "cli.provision.passwords": Plural(
        "number",
        ("Transmettez ce mot de passe vous-même\u202f; il ne sera plus affiché\u202f:"),
        (
            "Transmettez ces {number} mots de passe vous-même\u202f; ils ne seront"
            " plus affichés\u202f:"
        ),
    ),
    "cli.create.withheld": (
        "Le mot de passe généré n’atteindrait personne\u202f: rien"
        " n’a donc été fait. Ajoutez --show-passwords ou --send-credentials."
    ),
    "cli.fate.new": "à créer",
    "cli.fate.created": "créé",
    "cli.fate.unchanged": "inchangé",
    "cli.fate.different": "enregistré autrement",
    "cli.fate.changed": "modifié",
    "cli.fate.to_change": "à modifier",
    "cli.fate.refused": "refusé",
    "cli.fate.not_reached": "non atteint",
    "cli.fate.done": "fait",
    "cli.fate.would_be_done": "serait fait",
    "cli.fate.unknown": "inconnu",
    "cli.fates.new": "{number} à créer",
    "cli.fates.created": Plural("number", "{number} créé", "{number} créés"),
    "cli.fates.unchanged": Plural("number", "{number} inchangé", "{number} inchangés"),
    "cli.fates.different": Plural(
        "number", "{number} enregistré autrement", "{number} enregistrés autrement"
    ),
    "cli.fates.to_change": Plural(
        "number",
        "{number} à modifier",
        "{number} à modifier",
    ),
    "cli.fates.changed": Plural(
        "number",
        "{number} modifié",
        "{number} modifiés",
    ),
    "cli.fates.refused": Plural("number", "{number} refusé", "{number} refusés"),
    "cli.fates.not_reached": Plural(
        "number", "{number} non atteint", "{number} non atteints"
    ),
    "cli.fates.done": Plural(
        "number",
        "{number} fait",
        "{number} faits",
    ),
    "cli.fates.would_be_done": "{number} à faire",
    "cli.fates.unknown": Plural(
        "number",
        "{number} inconnu\u202f: vérifiez",
        "{number} inconnus\u202f: vérifiez",
    ),
    # The command line: mails
    "cli.mails.delivered": Plural(
        "number", "{number} e-mail envoyé", "{number} e-mails envoyés"
    ),
    "cli.mails.none": "Il n’y avait aucun e-mail à envoyer.",
    "cli.mails.waiting": Plural(
        "number",
        "{number} e-mail en attente\u202f; winbooks-identity deliver l’envoie.",
        "{number} e-mails en attente\u202f; winbooks-identity deliver les envoie.",
    ),
    "cli.mails.next_try": Plural(
        "number",
        "{number} e-mail en attente\u202f; le prochain essai est prévu à {moment}. winbooks-identity mail retry --all, puis deliver, l’essaie tout de suite.",
        "{number} e-mails en attente\u202f; le prochain essai est prévu à {moment}. winbooks-identity mail retry --all, puis deliver, les essaie tout de suite.",
    ),
    "cli.mails.well_again": "Les e-mails partent à nouveau.",
    "cli.mails.stopped": "L’envoi s’est arrêté pour le moment\u202f: {reason}",
    "cli.mails.stopped_there": "L’envoi s’est arrêté pour le moment\u202f: les autres ne partiraient pas non plus.",
    "cli.mails.storage_again": "Le stockage est à nouveau utilisable.",
    "cli.mails.postponed": Plural(
        "number",
        "1 e-mail attend un nouvel essai\u202f: {reason}",
        "{number} e-mails attendent un nouvel essai\u202f: {reason}",
    ),
    "cli.mails.held": Plural(
        "number",
        "1 e-mail est retenu, comme après une restauration\u202f; winbooks-identity mail list le montre, et mail retry --reason mail.held l’envoie.",
        "{number} e-mails sont retenus, comme après une restauration\u202f; winbooks-identity mail list les montre, et mail retry --reason mail.held les envoie.",
    ),
    "cli.mails.given_up": Plural(
        "number",
        "1 e-mail a été abandonné\u202f: {reason}",
        "{number} e-mails ont été abandonnés\u202f: {reason}",
    ),
    "cli.mails.dead": Plural(
        "number",
        "1 e-mail a été abandonné\u202f; winbooks-identity mail list dit pourquoi.",
        "{number} e-mails ont été abandonnés\u202f; winbooks-identity mail list dit pourquoi.",
    ),
    "cli.mail.none": "Il n’y a pas de tel e-mail.",
    "cli.mail.id": "Identifiant",
    "cli.mail.winbooks_id": "WinBooks ID",
    "cli.mail.kind": "Objet",
    "cli.mail.state": "État",
    "cli.mail.code": "Code",
    "cli.mail.reason": "Raison",
    "cli.mail.attempts": "Tentatives",
    "cli.mail.created_at": "Rédigé",
    "cli.mail.due_at": "Prévu",
    "cli.mail.expires_at": "Expire",
    "cli.mail.done_at": "Terminé",
    "cli.mail.message_id": "Message-ID",
    "cli.mail.is_kept": "Peut être renvoyé",
    "cli.mail.retry": Plural(
        "number",
        "1 e-mail est à envoyer maintenant\u202f; winbooks-identity deliver l’envoie.",
        "{number} e-mails sont à envoyer maintenant\u202f; winbooks-identity deliver les envoie.",
    ),
    "cli.mail.would_retry": Plural(
        "number",
        "1 e-mail serait à envoyer maintenant.",
        "{number} e-mails seraient à envoyer maintenant.",
    ),
    "cli.mail.discard": Plural(
        "number",
        "1 e-mail a été retiré.",
        "{number} e-mails ont été retirés.",
    ),
    "cli.mail.would_discard": Plural(
        "number",
        "1 e-mail serait retiré.",
        "{number} e-mails seraient retirés.",
    ),
    "cli.mail.hold": Plural(
        "number",
        "1 e-mail est retenu.",
        "{number} e-mails sont retenus.",
    ),
    "cli.mail.would_hold": Plural(
        "number",
        "1 e-mail serait retenu.",
        "{number} e-mails seraient retenus.",
    ),
    "cli.mail.left_to_others": Plural(
        "number",
        "1 e-mail reste tel quel\u202f: son contenu est effacé, il est terminé, ou cet utilisateur ne peut pas en décider.",
        "{number} e-mails restent tels quels\u202f: leur contenu est effacé, ils sont terminés, ou cet utilisateur ne peut pas en décider.",
    ),
    "cli.mail.left": Plural(
        "number",
        "1 e-mail reste tel quel\u202f: son contenu est effacé, ou il est terminé.",
        "{number} e-mails restent tels quels\u202f: leur contenu est effacé, ou ils sont terminés.",
    ),
    "cli.mail_kind.credentials": "données de connexion",
    "cli.mail_kind.set_password": "lien pour choisir un mot de passe",
    "cli.mail_kind.confirm_id": "lien pour confirmer un ID",
    "cli.mail_kind.id_change": "avis d’un nouvel ID",
    "cli.mail_kind.changed": "avis d’une modification",
    "cli.mail_state.waiting": "en attente",
    "cli.mail_state.sent": "envoyé",
    "cli.mail_state.dead": "abandonné",
    "cli.mail_state.held": "retenu",
    "cli.mail_state.withdrawn": "retiré",
    # The command line: tables and questions
    "cli.column.winbooks_id": "WinBooks ID",
    "cli.column.name": "Nom",
    "cli.column.level": "Niveau",
    "cli.column.status": "Statut",
    "cli.column.result": "Résultat",
    "cli.column.company_name": "Société",
    "cli.status.active": "actif",
    "cli.status.inactive": "inactif",
    "cli.yes": "oui",
    "cli.no": "non",
    "cli.user.working": "Utilisateurs",
    "cli.user.an_argument": "un argument",
    "cli.user.line": "ligne {number}",
    "cli.user.digital_products": "Outils digitaux",
    "cli.user.mailed": "Un e-mail attend\u202f: deliver l’envoie.",
    "cli.user.none": "Il n’y a pas de tel utilisateur.",
    "cli.user.written": Plural(
        "number",
        "{number} utilisateur est dans {path}.",
        "{number} utilisateurs sont dans {path}.",
    ),
    "cli.breached_unused": "--breached ne change rien ici\u202f: cette politique ne cherche pas les mots de passe divulgués.",
    "cli.password.accepted": "Le Portail accepte ce mot de passe.",
    "cli.password.indexed": "{path} contient {number} mots de passe divulgués.",
    "cli.password.generated": "laissez vide pour en générer un",
    "cli.password.repeat": "Répétez le mot de passe",
    "cli.password.not_the_same": "Les deux mots de passe ne sont pas identiques.",
    "cli.field.winbooks_id": "WinBooks ID",
    "cli.field.password": "Mot de passe",
    "cli.field.level": "Niveau",
    "cli.field.licence": "Licence",
    "cli.field.status": "Statut",
    "cli.field.activate": "Activer l’utilisateur",
    "cli.field.dossiers": "Dossiers",
    "cli.field.roles": "Rôles",
    "cli.field.notify_all_dossiers": "Notifications pour tous les dossiers",
    "cli.field.address_proven": "Adresse prouvée",
    "cli.field.first_name": "Prénom",
    "cli.field.last_name": "Nom",
    "cli.field.company_name": "Nom de la société",
    "cli.field.phone": "Téléphone",
    "cli.field.language": "Langue",
    "cli.field.id": "Clé interne",
    "cli.field.id_change": "Nouveau WinBooks ID, pas encore confirmé",
    "cli.field.new_winbooks_id": "Nouveau WinBooks ID",
    "cli.field.failed_attempts": "Tentatives échouées",
    "cli.user.attempts": "{number}, la dernière le {moment}\u202f; user unlock permet de réessayer",
    "cli.field.initial_password": "Premier mot de passe",
    "cli.user.password.no": "non",
    "cli.user.password.open": "oui, à changer à la première connexion",
    "cli.user.password.until": "oui, à changer à la première connexion, jusqu’au {moment}",
    "cli.user.password.ended": "oui, mais il a expiré le {moment}\u202f: donnez-en un autre",
    "cli.field.external_id": "Dans la gestion des licences",
    "cli.field.credential_source": "Mot de passe de",
    "cli.field.deactivated_by_feed": "Désactivé par une synchronisation",
    "cli.usage.saved_plan": "Un plan enregistré est exécuté tel quel\u202f: omettez --deactivate et --at-most.",
    "cli.usage.apply_changes": "--deactivate, --reactivate et --at-most vont avec --apply-changes.",
    "cli.sync.applying": "Modification des utilisateurs",
    "cli.licence.close": Plural(
        "number",
        "Dossier {dossier}, {name}\u202f: 1 utilisateur perd l’accès.",
        "Dossier {dossier}, {name}\u202f: {number} utilisateurs perdent l’accès.",
    ),
    "cli.licence.loses": "perd l’accès",
    "cli.licence.deactivated": "perd l’accès et est désactivé\u202f: c’est son seul dossier",
    "cli.licence.moves": "mot de passe de WinBooks on Web",
    "cli.licence.no_login": "pas d’identifiant là-bas\u202f: garde le mot de passe du Portail",
    "cli.licence.on_web_before": Plural(
        "number",
        "1 utilisateur se connecte déjà avec le mot de passe de WinBooks on Web.",
        "{number} utilisateurs se connectent déjà avec le mot de passe de WinBooks on Web.",
    ),
    "cli.licence.on_the_portal": Plural(
        "number",
        "1 client final garde le mot de passe du Portail.",
        "{number} clients finaux gardent le mot de passe du Portail.",
    ),
    "cli.sync.two_feeds": "Deux fichiers portent le numéro de cette licence\u202f; aucun n’est suivi.",
    "cli.sync.feeds": "{number} flux, {left} non atteints.",
    "cli.outcome.done": "terminé",
    "cli.outcome.refused": "refusé",
    "cli.outcome.unavailable": "échoué",
    "cli.outcome.try_again": "en partie",
    "cli.outcome.interrupted": "interrompu",
    "cli.sync.nothing": "Rien à faire\u202f: tout correspond à la gestion des licences.",
    "cli.sync.unchanged": Plural(
        "number",
        "{number} utilisateur reste inchangé.",
        "{number} utilisateurs restent inchangés.",
    ),
    "cli.sync.summary": "Exécutés\u202f: {done}\u202f; exécutés auparavant\u202f: {done_before}\u202f; refusés\u202f: {refused}\u202f; non atteints\u202f: {left}.",
    "cli.column.action": "Action",
    "cli.column.external_id": "Dans la gestion des licences",
    "cli.column.outcome": "Résultat",
    "cli.column.detail": "Détails",
    "cli.column.at": "Quand",
    "cli.column.step": "Étape",
    "cli.column.by": "Par",
    "cli.column.dossier": "Dossier",
    "cli.column.language": "Langue",
    "cli.column.product": "Produit",
    "cli.column.holder": "Titulaire",
    "cli.collisions.found": Plural(
        "number",
        "{number} collision trouvée.",
        "{number} collisions trouvées.",
    ),
    "cli.likeness.variants": "variantes",
    "cli.likeness.look_alikes": "sosies",
    "cli.likeness.twins": "jumeaux",
    "cli.column.survivor": "Proposé",
    "cli.column.likeness": "Ressemblance",
    "cli.column.address": "Adresse",
    "cli.column.account": "Compte",
    # Files that cannot be used
    "unavailable.file": "Ce fichier ne peut pas être utilisé.",
    "unavailable.no_git": "Git est absent ou ne répond pas.",
    "unavailable.no_repository": "Ce dossier n’est dans aucun dépôt Git lisible.",
    "unavailable.no_revision": "Git ne connaît ici aucune révision de ce nom.",
    "unavailable.not_in_revision": "Cette révision n’a pas ce fichier. Un chemin part de la racine du dépôt\u202f; avec ./, il part de ce dossier.",
    "unavailable.file_exists": "Ce fichier existe déjà\u202f; rien n’a été écrasé.",
    "unavailable.file_missing": "Ce fichier n’existe pas.",
    "unavailable.file_denied": "Vous ne pouvez ni lire ni écrire ici.",
    "unavailable.not_a_database": "Ce fichier n’est pas une base de données SQLite.",
    "unavailable.not_a_key_ring": (
        "Ce fichier ne contient pas de clés, ou d’autres que vous peuvent le"
        " lire (chmod 600)."
    ),
    "unavailable.not_a_key_file": "Ce n’est pas un fichier complet de mots de passe divulgués\u202f; winbooks-identity password index-leaks en crée un.",
    "unavailable.not_a_leak_list": "Ce n’est pas une liste de mots de passe divulgués\u202f: chaque ligne est un SHA-1 de 40 chiffres hexadécimaux, avec ou sans deux-points et nombre.",
    # Help with passwords
    "password_help.length": ("Au moins {minimum} caractères."),
    "password_help.words": ("Certains mots ne peuvent pas y figurer."),
    "password_help.denied": "Certains mots de passe sont refusés dans leur ensemble.",
    "password_help.common_words": "Évitez les mots, les mois ou les années que tout le monde essaie d’abord.",
    "password_help.personal_words": "Évitez votre nom, votre adresse ou votre société.",
    "password_help.personal_word_found": "N’utilisez aucune partie de votre nom, de votre adresse ou de votre société.",
    "password_help.common_word_found": "N’utilisez aucun mot courant, produit ou année.",
    "password_help.strength": (
        "Il est difficile à deviner\u202f: quelques mots sans lien entre eux conviennent bien."
    ),
    "password_help.breach_check": "Les mots de passe divulgués dans une fuite de données sont refusés.",
    # The life of a user
    "life_cycle.step_not_allowed": "«\u202f{step}\u202f» n’est pas possible maintenant. Possible\u202f: {legal}.",
    "life_cycle.credentials_on_web": "Cet utilisateur se connecte avec l’identifiant et le mot de passe de WinBooks on Web. Modifiez-les dans WinBooks on Web.",
    "life_cycle.last_administrator": "C’est le dernier Licence Admin actif de la licence. Donnez d’abord ce niveau à quelqu’un d’autre.",
    "sign_in.password_change_required": (
        "Choisissez d’abord votre propre mot de passe : une autre personne a vu celui-ci."
    ),
    "sign_in.password_notice": "Votre mot de passe ne respecte plus les règles pour les mots de passe. Changez-le avant le {until}.",
    "sign_in.password_notice_undated": "Votre mot de passe ne respecte plus les règles pour les mots de passe. Veuillez le changer.",
    "sign_in.password_outgrown": "Ce mot de passe ne respecte plus les règles pour les mots de passe. Choisissez-en d’abord un autre.",
    "sign_in.password_refused": "Ce mot de passe ne respecte plus les règles pour les mots de passe et ne donne plus accès. Demandez un lien pour en choisir un autre.",
    "sign_in.refused": "Le WinBooks ID ou le mot de passe n’est pas correct.",
    "session.ended": "Votre session est terminée. Reconnectez-vous.",
    "request.from_another_site": "Ceci venait d’un autre site. Envoyez le formulaire depuis notre propre page.",
    "request.too_large": "Cet envoi est trop volumineux : {kilobytes} ko au maximum.",
    "link.not_good": "Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau.",
    "attempts.too_many": Plural(
        by="minutes",
        one="Trop de tentatives. Réessayez dans {minutes} minute.",
        other="Trop de tentatives. Réessayez dans {minutes} minutes.",
    ),
    "attempts.too_many_for_hours": "Trop de tentatives. Réessayez dans {hours} heures.",
    "product_link.not_linked": "Cet utilisateur Windows n’a pas de WinBooks ID dans WinBooks Classic.",
    "product_link.stale": "{product} utilise encore un ancien WinBooks ID. Indiquez-y le WinBooks ID actuel.",
    "product_link.windows_user_required": "Indiquez de quel utilisateur Windows de WinBooks Classic il s’agit.",
    "product_link.windows_user_not_used": "Un utilisateur Windows ne s’indique que pour WinBooks Classic.",
    "product_link.windows_user_invalid": "Un utilisateur Windows compte de 1 à {maximum} caractères visibles.",
    "explain.active": "Le compte est actif.",
    "explain.not_active": "Le compte n’est pas actif.",
    "explain.dossier_granted": "L’accès au dossier {number} est accordé.",
    "explain.dossier_not_granted": "L’accès au dossier {number} n’est pas accordé.",
    "explain.roles_held": "Les rôles nécessaires sont attribués\u202f: {roles}.",
    "explain.no_role": "Aucun de ces rôles n’est attribué\u202f: {roles}.",
    "step.create": "créer",
    "step.activate": "activer",
    "step.deactivate": "désactiver",
    "step.change_level": "modifier le niveau",
    "step.grant_dossiers": "donner accès à des dossiers",
    "step.revoke_dossiers": "retirer l’accès à des dossiers",
    "step.grant_roles": "attribuer des rôles",
    "step.revoke_roles": "retirer des rôles",
    "step.notify": "régler les notifications",
    "step.rectify": "corriger les données personnelles",
    "step.reset_password": "réinitialiser le mot de passe",
    "step.set_password": "définir le mot de passe par un lien",
    "step.change_password": "modifier son propre mot de passe",
    "step.change_id": "modifier le WinBooks ID",
    "step.confirm_id": "confirmer le nouveau WinBooks ID",
    "step.withdraw_id": "annuler le nouveau WinBooks ID",
    "step.move_to_on_web": "passer à WinBooks on Web",
    "step.link_product": "lier un produit",
    "step.unlink_product": "dissocier un produit",
    "step.erase": "effacer",
    "password.unchanged": "Choisissez un mot de passe différent de l’actuel.",
    # Synchronisation avec WinBooks on Web
    "synchronisation.create": "créer",
    "synchronisation.adopt": "reprendre",
    "synchronisation.reactivate": "réactiver",
    "synchronisation.deactivate": "désactiver",
    "synchronisation.update": "modifier",
    "synchronisation.conflict": "non suivi",
    "synchronisation.keep": "reste actif",
    "synchronisation.remark": "suivi, sauf un champ",
    "synchronisation.in_column": "Ligne {row}, colonne {column}\u202f: {sentence}",
    "synchronisation.hold": "reste inactif",
    "synchronisation.field.external_id": "référence",
    "synchronisation.field.winbooks_id": "WinBooks ID",
    "synchronisation.field.first_name": "prénom",
    "synchronisation.field.last_name": "nom",
    "synchronisation.field.language": "langue",
    "synchronisation.field.phone": "téléphone",
    "synchronisation.field.is_active": "actif",
    "synchronisation.field.level": "niveau",
    "synchronisation.field.notify_all_dossiers": "notifications pour tous les dossiers",
    "synchronisation.field.roles": "rôles",
    "synchronisation.field.dossiers": "dossiers",
    "synchronisation.field.company_name": "société",
    "synchronisation.field.status": "statut",
    "synchronisation.yes": "oui",
    "synchronisation.no": "non",
    "synchronisation.invalid_external_id": "La référence dans la gestion des licences se compose de lettres, de chiffres et de signes, {maximum} au maximum.",
    "synchronisation.malformed_record": "Cet enregistrement est endommagé.",
    "synchronisation.doubled": "Un autre enregistrement a la même référence ou le même identifiant.",
    "synchronisation.ambiguous_external_id": "Deux utilisateurs ont ici cette référence.",
    "synchronisation.in_another_licence": "Ce WinBooks ID appartient à une autre licence.",
    "synchronisation.held_by_end_customer": "Ce WinBooks ID est celui d’un client final.",
    "synchronisation.held_by_colleague": "Ce WinBooks ID est celui d’une autre personne, qui le garde.",
    "synchronisation.not_declared": "La source n’indique pas combien d’enregistrements elle contient\u202f; il peut donc en manquer.",
    "synchronisation.count_differs": "La source annonce {declared} enregistrements, mais {counted} ont été lus.",
    "synchronisation.not_asked": "La désactivation n’a pas été demandée.",
    "synchronisation.unreadable_records": "Pour certains enregistrements, il est impossible de dire de qui il s’agit.",
    "synchronisation.last_administrator": "C’est le dernier Licence Admin actif de la licence.",
    "synchronisation.untold": "Sans e-mail à l’ancienne adresse, le WinBooks ID d’un Licence Admin n’est pas modifié. Indiquez qui l’écrit\u202f: --sender et --portal-url.",
    "synchronisation.locked_out": "Une personne a désactivé cet utilisateur sur le Portail. Sa réactivation doit être demandée.",
    "synchronisation.inactive": "inactif",
    "synchronisation.active": "actif",
    "synchronisation.activation_not_said": "Reste inactif\u202f: le fichier ne dit pas activate = true.",
    "synchronisation.empty_snapshot": "La source ne contient aucun utilisateur.",
    "synchronisation.too_many_deactivations": Plural(
        "planned",
        "{planned} utilisateur serait désactivé\u202f; {allowed} au maximum à la fois.",
        "{planned} utilisateurs seraient désactivés\u202f; {allowed} au maximum à la fois.",
    ),
    "synchronisation.too_many_reactivations": Plural(
        "planned",
        "{planned} utilisateur serait réactivé\u202f; {allowed} au maximum à la fois.",
        "{planned} utilisateurs seraient réactivés\u202f; {allowed} au maximum à la fois.",
    ),
    "synchronisation.too_many_address_changes": Plural(
        "planned",
        "{planned} utilisateur recevrait un autre WinBooks ID\u202f; {allowed} au maximum à la fois.",
        "{planned} utilisateurs recevraient un autre WinBooks ID\u202f; {allowed} au maximum à la fois.",
    ),
    "synchronisation.not_a_plan": "Ceci n’est pas un plan, ou pas un plan complet.",
    "synchronisation.plan_changed": "Ce plan a été modifié après avoir été établi, ou vient d’une autre installation.",
    "synchronisation.plan_quarantined": "Ce plan modifie trop de choses pour être exécuté tel quel.",
    "synchronisation.saved_since_planned": Plural(
        "users",
        "{users} utilisateur a été modifié depuis que le plan a été établi. Établissez un nouveau plan.",
        "{users} utilisateurs ont été modifiés depuis que le plan a été établi. Établissez un nouveau plan.",
    ),
    "synchronisation.only_on_web": "Seules les licences de WinBooks on Web sont synchronisées. Les utilisateurs de WinBooks Classic sont créés à la main.",
    "authorization.only_on_distributors_word": "Un ID ne change tout de suite que sur la parole du distributeur. Omettez --confirmed\u202f: la nouvelle adresse reçoit alors un lien.",
    "authorization.only_distributor": "Seul le distributeur peut synchroniser les utilisateurs.",
    "synchronisation.other_licence": "Ce plan est destiné à une autre licence.",
    # What the pages to sign in and to choose a password show
    "adoption.twins": "Ces comptes ont le même WinBooks ID\u202f: {others}. Décidez lequel reste.",
    "admin.users": "Utilisateurs du Portail",
    "admin.hand_over": "Transmettez ce mot de passe maintenant\u202f; il ne sera plus affiché",
    "page.sign_in": "Se connecter",
    "page.sign_in.button": "Se connecter",
    "page.sign_out": "Se déconnecter",
    "page.forgotten_password": "Mot de passe oublié\u202f?",
    "page.forgotten_password.help": "Indiquez votre WinBooks ID\u202f: vous recevrez un e-mail avec un lien pour choisir un nouveau mot de passe.",
    "page.forgotten_password.button": "Envoyer le lien",
    "page.link_sent": "Consultez votre boîte mail",
    "page.link_sent.help": "Si vous avez un WinBooks ID, un e-mail avec un lien est en route.",
    "page.set_password": "Choisissez votre mot de passe",
    "page.set_password.help": "Le lien fonctionne une seule fois. Tant que vous n’avez rien choisi, rien ne change.",
    "page.set_password.button": "Enregistrer le mot de passe",
    "page.password_set": "Votre mot de passe a été modifié",
    "page.password_set.help": "Désormais, vous vous connectez avec le nouveau mot de passe.",
    "page.password_notice": "Choisissez bientôt un nouveau mot de passe",
    "page.password_notice.change": "Le changer maintenant",
    "page.password_notice.later": "Plus tard",
    "page.change_password": "Modifiez votre mot de passe",
    "page.change_password.help": "Si une autre personne a vu votre mot de passe, choisissez-en un que vous seul connaissez.",
    "page.change_password.button": "Enregistrer le mot de passe",
    "page.current_password": "Mot de passe actuel",
    "page.new_password": "Nouveau mot de passe",
    "page.confirm_id": "Confirmez votre nouveau WinBooks ID",
    "page.confirm_id.help": "Tant que vous n’avez pas confirmé, vous vous connectez avec votre WinBooks ID actuel.",
    "page.confirm_id.button": "Confirmer cette adresse",
    "page.id_confirmed": "Votre nouveau WinBooks ID est confirmé",
    "page.id_confirmed.help": "Désormais, vous vous connectez avec celui-ci. Indiquez-le dans les produits WinBooks que vous utilisez.",
    "page.edit_user": "Modifiez les données d’un utilisateur",
    "page.edit_user.help": "Ses droits restent les mêmes.",
    "page.edit_user.button": "Enregistrer les données",
    "page.user_saved": "Les données ont été enregistrées",
    "page.too_large": "Cet envoi est trop volumineux",
    "page.user_saved.help": "L’historique de l’utilisateur montre ce qui a changé.",
    # What the creation form shows
    "form.new_employee": "Créer un nouvel utilisateur",
    "form.new_end_customer": "Créer un nouveau client final",
    "form.winbooks_id": "WinBooks ID",
    "form.winbooks_id.help": "L’adresse e-mail du nouvel utilisateur\u202f; personne d’autre ne l’utilise.",
    "form.password": "Mot de passe",
    "form.generate_password": "Générer un mot de passe",
    "form.level": "Niveau",
    "form.licence": "Licence",
    "form.activate": "Activer l’utilisateur",
    "form.send_credentials": "Envoyer un e-mail avec les informations à l’utilisateur",
    "form.dossiers": "Donner accès aux dossiers",
    "form.roles": "Rôles",
    "form.notify_all_dossiers": "Activer les notifications pour tous les dossiers",
    "form.notify_all_dossiers.help": "Pour les dossiers auxquels l’utilisateur a accès, et pour aucun autre.",
    "form.first_name": "Prénom",
    "form.last_name": "Nom",
    "form.company_name": "Nom de la société",
    "form.phone": "Téléphone",
    "form.phone.help": "Avec l’indicatif du pays, comme +32 2 123 45 67.",
    "form.language": "Langue",
    "form.language.help": "La langue dans laquelle le Portail écrit à l’utilisateur.",
    "form.save": "Enregistrer",
    "form.on_sending.min_unfamiliar": "Les mots connus sont vérifiés à l’envoi.",
    "form.on_sending.refuse_familiar": "Les mots connus sont vérifiés à l’envoi.",
    "form.on_sending.min_strength": "La robustesse est vérifiée à l’envoi.",
    "form.on_sending.breach_check": "Les mots de passe divulgués sont vérifiés à l’envoi.",
    # Titles of refusals over HTTP
    "http.401": "La connexion a été refusée.",
    "http.403": "Vous n’avez pas les droits nécessaires.",
    "http.404": "Cet élément est introuvable.",
    "http.409": "Ceci est incompatible avec ce qui est déjà enregistré.",
    "http.413": "Cet envoi est trop volumineux.",
    "http.422": "Certaines données sont à corriger.",
    "http.429": "Il y a eu trop de tentatives.",
    # A change of policy
    "policy_change.title": "Un changement de la politique de mots de passe",
    "policy_change.verdict.equal": "La nouvelle politique est identique à l’ancienne.",
    "policy_change.verdict.stricter": "La nouvelle politique est plus stricte\u202f: elle refuse davantage et n’accepte rien de nouveau.",
    "policy_change.verdict.looser": "La nouvelle politique est plus souple\u202f: elle accepte davantage et ne refuse rien de nouveau.",
    "policy_change.verdict.incomparable": "Aucune des deux n’est la plus stricte\u202f: la nouvelle politique demande plus ici et moins là.",
    "policy_change.heading.what": "Ce qui change",
    "policy_change.heading.refused": "Refusé désormais",
    "policy_change.heading.accepted": "Accepté désormais",
    "policy_change.heading.days": "À partir de quand",
    "policy_change.heading.people": "Qui est concerné",
    "policy_change.heading.next": "Étape suivante",
    "policy_change.changed": "{rule}\u202f: {new} au lieu de {old}",
    "policy_change.added": "{rule}\u202f: aussi {words}",
    "policy_change.dropped": "{rule}\u202f: plus {words}",
    "policy_change.more_words": "{words} et encore {number}",
    "policy_change.no_limit": "aucune limite",
    "policy_change.all_characters": "tous",
    "policy_change.yes": "oui",
    "policy_change.no": "non",
    "policy_change.off": "non",
    "policy_change.if_reachable": "oui, si la recherche est joignable",
    "policy_change.always": "oui, toujours",
    "policy_change.decimal_sign": ",",
    "policy_change.percent": "{number}\u202f%",
    "policy_change.stricter": "{change}. C’est plus exigeant.",
    "policy_change.looser": "{change}. C’est moins exigeant.",
    "policy_change.incomparable": "{change}. L’exigence est autre.",
    "policy_change.undecided": "Ces règles demandent une estimation ou une recherche\u202f; ce qu’elles changent ne se compte donc pas exactement\u202f: {rules}.",
    "policy_change.because": "À cause de\u202f: {rules}.",
    "policy_change.example": "Par exemple {password}.",
    "policy_change.examples": "Par exemple {password} et {other}.",
    "policy_change.share_refused": "De tous les mots de passe possibles acceptés jusqu’ici, sont refusés\u202f:",
    "policy_change.share_accepted": "De tous les mots de passe possibles acceptés désormais, étaient refusés\u202f:",
    "policy_change.share": "{length} caractères\u202f: {share}",
    "policy_change.share_by_rule": "{length} caractères\u202f: {share} ({rules})",
    "policy_change.rule_share": "{rule}\u202f: {share}",
    "policy_change.too_large": "Les politiques sont trop étendues pour dire quelles règles font la différence.",
    "policy_change.too_large_to_count": "Les politiques sont trop étendues pour compter combien de mots de passe cela fait.",
    "policy_change.list.habits": "Mots de passe d’après les habitudes dans les bureaux belges",
    "policy_change.list.public": "Les mots de passe les plus fréquents d’une liste publique",
    "policy_change.list.own": "Votre liste",
    "policy_change.hit": "{list}\u202f: acceptés jusqu’ici {accepted}, dont refusés désormais {refused} ({share}).",
    "policy_change.hit_admitted": "{list}\u202f: refusés jusqu’ici et acceptés désormais {admitted} sur {people}.",
    "policy_change.hit_nothing": "{list}\u202f: rien ne change pour aucun des {people}.",
    "policy_change.hit_unknown": "{list}\u202f: de {unknown} sur {people}, seul le hachage est connu\u202f; ils n’ont pas été vérifiés.",
    "policy_change.hit_examples": "Par exemple {passwords}.",
    "policy_change.unasked": "Non vérifié ici, car cela demande la personne ou une recherche\u202f: {rules}.",
    "policy_change.next.equal": "Aucune\u202f: les mêmes mots de passe sont acceptés qu’avant.",
    "policy_change.next.stricter": "Dites aux gens ce qui est demandé avant que la politique soit en vigueur. Elle vaut pour les nouveaux mots de passe\u202f; ceux qui sont enregistrés restent valables jusqu’à leur changement.",
    "policy_change.next.looser": "Demandez au responsable de la sécurité si c’est voulu\u202f: des mots de passe plus faibles peuvent passer. Pour les gens, rien ne change.",
    "policy_change.next.incomparable": "Deux choses se passent à la fois\u202f; scindez le changement si une seule est voulue. Interrogez le responsable de la sécurité sur ce qui est accepté désormais, et dites aux gens ce qui est refusé. Les mots de passe enregistrés restent valables jusqu’à leur changement.",
    "policy_change.next.days": "Les règles restent\u202f; les jours du déploiement changent. Annoncez les nouveaux.",
    "policy_change.next.rolled_out": "Annoncez ces jours avant le premier. Ils disent ce que deviennent les mots de passe enregistrés qui ne respectent pas la politique.",
    "policy_change.next.count": "Comptez qui a un mot de passe enregistré qui ne la respecte peut-être pas\u202f: {command}",
    "policy_rule.min_length": "Longueur minimale",
    "policy_rule.max_length": "Longueur maximale",
    "policy_rule.min_kinds": "Types de caractères (minuscule, majuscule, chiffre, signe), au moins",
    "policy_rule.min_lower": "Minuscules, au moins",
    "policy_rule.min_upper": "Majuscules, au moins",
    "policy_rule.min_digits": "Chiffres, au moins",
    "policy_rule.min_special": "Caractères spéciaux, au moins",
    "policy_rule.max_lower": "Minuscules, au plus",
    "policy_rule.max_upper": "Majuscules, au plus",
    "policy_rule.max_digits": "Chiffres, au plus",
    "policy_rule.max_special": "Caractères spéciaux, au plus",
    "policy_rule.allowed_characters": "Caractères autorisés",
    "policy_rule.forbidden_characters": "Caractères interdits",
    "policy_rule.forbidden_words": "Mots interdits, en majuscules ou non",
    "policy_rule.forbidden_spellings": "Mots interdits, écrits ainsi",
    "policy_rule.denied": "Mots de passe refusés, en majuscules ou non",
    "policy_rule.denied_spellings": "Mots de passe refusés, écrits ainsi",
    "policy_rule.max_run": "Le même caractère à la suite, au plus",
    "policy_rule.min_unfamiliar": "Caractères hors des mots connus, au moins",
    "policy_rule.word_lists": "Listes de mots connus",
    "policy_rule.personal_words": "Les noms de la personne sont des mots connus",
    "policy_rule.refuse_familiar": "Les mots connus sont refusés où qu’ils soient",
    "policy_rule.min_strength": "Robustesse de 0 à 4, au moins",
    "policy_rule.breach_check": "Les mots de passe divulgués sont refusés",
    # The command line: policies
    "cli.column.rule": "Règle",
    "cli.column.value": "Valeur",
    "cli.column.clause": "Clause",
    "cli.column.asks": "Ce qu’elle demande",
    "cli.column.verdict": "Verdict",
    "cli.policy.fingerprint": "empreinte",
    "cli.policy.gate_refused": "{path}\u202f: ce changement de politique n’est pas autorisé ici.",
    "cli.policy.verdict.met": "respectée",
    "cli.policy.verdict.not_met": "non respectée",
    "cli.policy.verdict.not_decidable": "impossible à évaluer ici",
    "cli.column.licence": "Licence",
    "cli.column.breaks": "Non conforme",
    "cli.column.safe": "Sûrs",
    "cli.column.check_at_sign_in": "À vérifier à la connexion",
    "cli.column.unknown": "Inconnus",
    "cli.policy.more": "et {number} autres",
    "policy_change.stage.waiting": "La nouvelle politique n’est pas encore demandée.",
    "policy_change.stage.asked": "Les nouveaux mots de passe la respectent.",
    "policy_change.stage.notice": "Qui se connecte avec un mot de passe qui ne la respecte pas en est averti.",
    "policy_change.stage.change": "Un mot de passe qui ne la respecte pas doit être changé à la prochaine connexion.",
    "policy_change.stage.refusal": "Un mot de passe qui ne la respecte pas ne donne plus accès.",
    "cli.policy.total": "total",
    # The world is broken
    "unavailable": "C’est impossible pour le moment. Réessayez plus tard.",
    "unavailable.storage_busy": (
        "Le stockage est occupé\u202f; rien n’a été modifié. Réessayez."
    ),
    "unavailable.storage_not_ready": "Le stockage n’est pas utilisable dans son état actuel. Prévenez la personne qui le gère.",
    "unavailable.outcome_unknown": "La connexion au stockage a été interrompue pendant l’enregistrement. Répétez la demande pour savoir si elle a été enregistrée.",
    "unavailable.hasher_busy": (
        "Trop de demandes à la fois\u202f; rien n’a été modifié. Réessayez."
    ),
    "unavailable.on_web": (
        "WinBooks on Web ne répond pas\u202f: l’identifiant et le mot de passe n’ont"
        " pas pu être vérifiés. Réessayez plus tard."
    ),
    "unavailable.mail": "L’e-mail n’a pas pu être envoyé. Un nouvel essai suivra.",
    "unavailable.mail_server": "Le serveur de messagerie n’est pas joignable de façon sûre\u202f; les e-mails attendent.",
    "unavailable.mail_server_encrypts_otherwise": "Le serveur de messagerie ne chiffre pas de la façon choisie. En règle générale, le port 587 va avec --smtp-security starttls et le port 465 avec tls. Les e-mails attendent.",
    "unavailable.sending_not_allowed": "Le serveur de messagerie ne nous laisse pas envoyer\u202f: vérifiez la connexion, l’adresse de l’expéditeur et la politique du serveur. Les e-mails attendent.",
    "unavailable.mailer": "L’envoi a échoué de façon inattendue\u202f; les e-mails attendent.",
    "unavailable.letters": "Un e-mail demandé n’a pas pu être rédigé\u202f; les autres continuent.",
    "mail.overtaken": "Une étape ultérieure a rendu cet e-mail caduc.",
    "mail.discarded": "Cet e-mail a été retiré par un opérateur.",
    "mail.sent_too_late": (
        "Cet e-mail a été envoyé alors qu’il revenait déjà à un autre relais ou était"
        " retiré\u202f; le destinataire peut le recevoir deux fois."
    ),
    "mail.held": "Cet e-mail est retenu\u202f; winbooks-identity mail retry le libère.",
    "expired": "Ce que contient l’e-mail a expiré avant de pouvoir être remis.",
    "unavailable.mail_refused": "L’e-mail a été refusé définitivement.",
    "unavailable.seal_broken": "Un e-mail scellé ne peut pas être ouvert\u202f: sa clé a disparu ou son contenu a été modifié.",
    "unavailable.licence_management": "La gestion des licences ne répond pas\u202f; personne n’a été modifié. Réessayez plus tard.",
    "unavailable.not_a_workbook": "Ce n’est pas un classeur Excel lisible. Enregistrez-le en .xlsx, sans mot de passe.",
    "unavailable.no_excel": "Les classeurs Excel nécessitent le paquet winbooks-identity[excel].",
    "unavailable.another_run": "Une autre exécution utilise ce dossier\u202f; rien n’a été changé.",
    "unavailable.no_postgresql": "PostgreSQL nécessite le paquet winbooks-identity[postgresql].",
    "unavailable.no_scim": "SCIM nécessite le paquet winbooks-identity[scim].",
}
