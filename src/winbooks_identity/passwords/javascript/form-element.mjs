/**
 * Builds a form from its description, checks it, and says what the server refuses.
 *
 *     <winbooks-id-form src="/form.json"></winbooks-id-form>
 *
 * Or the JSON stands in a `<script type="application/json">` inside. A form without a
 * problem is told by the event `winbooks-id-send`, with the values in `detail`: the page
 * sends them its own way, and gives a refusal to `refuse`.
 */

import { checkForm, problemsIn } from "./form.mjs";
import { buildForm, readForm, showProblems } from "./form-page.mjs";

export class WinBooksIdForm extends HTMLElement {
  #form;
  #built;

  async connectedCallback() {
    if (this.#form) return;
    this.#form = this.#read();
    this.#form = await this.#form;
    this.#built = buildForm(this.#form);
    this.#built.addEventListener("submit", (event) => this.#send(event));
    this.append(this.#built);
  }

  /** Say what the server refuses: its answer of RFC 9457, or null where there is none. */
  refuse(answer) {
    showProblems(this.#built, this.#form, problemsIn(this.#form, answer));
  }

  async #read() {
    const inside = this.querySelector("script[type='application/json']");
    if (inside) return JSON.parse(inside.textContent);
    const answer = await fetch(this.getAttribute("src"));
    if (!answer.ok) throw new Error(`the description of the form: HTTP ${answer.status}`);
    return answer.json();
  }

  #send(event) {
    event.preventDefault();
    const values = readForm(this.#built, this.#form);
    const problems = checkForm(this.#form, values);
    showProblems(this.#built, this.#form, problems);
    if (problems.length > 0) return;
    this.dispatchEvent(new CustomEvent("winbooks-id-send", { detail: values }));
  }
}

if (!customElements.get("winbooks-id-form")) {
  customElements.define("winbooks-id-form", WinBooksIdForm);
}
