"""
A product on Flask whose people sign in with their WinBooks ID.

    python flask_product.py
"""

import secrets

from example_office import delivering_mails, open_example
from flask import Flask, Response, make_response, render_template_string, request

from winbooks_identity import InvalidFields, Refused
from winbooks_identity.adapters.flask import Login
from winbooks_identity.adapters.wtforms import NewEmployeeForm, add_problems
from winbooks_identity.texts import accepted_language


portal = open_example(
    "http://127.0.0.1:5000/",
    set_password="portal/set-password",
    confirm_id="portal/confirm-id",
)
login = Login(portal)

app = Flask(__name__)
app.secret_key = secrets.token_bytes()  # A product reads its own from a file.
app.register_blueprint(login.blueprint, url_prefix="/portal")

HOME = """
{% extends "winbooks_identity/base.html" %}
{% block content %}
<p>{{ user.level.label("en") }} of {{ user.company_name }}</p>
<p><a href="{{ url_for("new_employee") }}">New employee</a></p>
<p><a href="{{ url_for("winbooks_identity.change_password") }}">Another password</a></p>
{{ winbooks_login.sign_out_form() }}
{% endblock %}
"""

EMPLOYEE = """
{% extends "winbooks_identity/base.html" %}
{% block content %}
<form method="post" novalidate>
  {{ winbooks_login.token() }}
  {% for field in form %}
    <div>
      {{ field.label }} {{ field(**{"aria-invalid": "true"} if field.errors else {}) }}
      {% for error in field.errors %}<p class="errors">{{ error }}</p>{% endfor %}
    </div>
  {% endfor %}
  {% for error in form.form_errors %}<p class="errors">{{ error }}</p>{% endfor %}
  <button>Save</button>
</form>
{% endblock %}
"""

CREATED = """
{% extends "winbooks_identity/base.html" %}
{% block content %}
{% if created.password %}<output>{{ created.password.reveal() }}</output>{% endif %}
<p><a href="/">Home</a></p>
{% endblock %}
"""


@app.get("/")
@login.required
def home() -> str:
    user = login.current_user
    return render_template_string(HOME, title=f"Hello {user.first_name}", user=user)


@app.route("/employees", methods=["GET", "POST"])
@login.required
def new_employee() -> Response:
    by, is_sent = login.current_user, request.method == "POST"
    if is_sent:
        login.ensure_own_page()
    form = NewEmployeeForm(
        request.form if is_sent else None,
        meta={
            "locales": [accepted_language(request.headers.get("Accept-Language", ""))]
        },
        licence=portal.provisioning.licence(by=by),
        dossiers=portal.provisioning.dossiers(by=by),
        policy=portal.policy,
    )
    if is_sent and form.validate():
        try:
            created = portal.provisioning.create(form.new_user, by=by)
        except (InvalidFields, Refused) as refused:
            add_problems(form, refused)
        else:
            title = created.user.winbooks_id
            shown = render_template_string(CREATED, title=title, created=created)
            return make_response(shown, 201, {"Cache-Control": "no-store"})
    shown = render_template_string(EMPLOYEE, title="New employee", form=form)
    return make_response(shown, 422 if is_sent else 200, {"Cache-Control": "no-store"})


if __name__ == "__main__":
    with portal, delivering_mails(portal):
        app.run()
