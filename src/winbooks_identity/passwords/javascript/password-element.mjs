/**
 * Tells the rules of a password while it is typed, around the page's own field.
 *
 *     <winbooks-id-password>
 *       <label for="password">Password</label>
 *       <input type="password" id="password" name="password">
 *       <script type="application/json">{"min_length": 12, ...}</script>
 *     </winbooks-id-password>
 *
 * The JSON is `PasswordPolicy.description()`; an attribute `src` fetches it. The field
 * stays the form's own: without this script, the page works as before.
 */

import { check, message, rules } from "./password-policy.mjs";

const PAUSE = 700;
let made = 0;

export class WinBooksIdPassword extends HTMLElement {
  #policy;
  #input;
  #list;
  #live;
  #pause;

  async connectedCallback() {
    this.#input = this.querySelector("input");
    if (this.#list || !this.#input) return;
    this.#policy = await this.#read();
    if (this.#list || !this.isConnected) return;
    made += 1;
    this.#list = document.createElement("ul");
    this.#list.id = `winbooks-id-password-${made}`;
    // A list without markers is read as one only where that is said.
    this.#list.setAttribute("role", "list");
    for (const { sentence } of this.#policy.rules) {
      this.#list.append(Object.assign(document.createElement("li"), { textContent: sentence }));
    }
    this.#live = document.createElement("p");
    this.#live.setAttribute("role", "status");
    this.append(this.#list, this.#live);
    const described = this.#input.getAttribute("aria-describedby");
    const ids = [described, this.#list.id].filter(Boolean).join(" ");
    this.#input.setAttribute("aria-describedby", ids);
    this.#input.addEventListener("input", () => this.#look());
    if (this.#input.value !== "") this.#look();
  }

  disconnectedCallback() {
    clearTimeout(this.#pause);
  }

  /** What the text in the field breaks; the page may ask before it sends. */
  get problems() {
    return this.#policy ? check(this.#policy, this.#input.value) : [];
  }

  async #read() {
    if (this.hasAttribute("src")) return (await fetch(this.getAttribute("src"))).json();
    return JSON.parse(this.querySelector("script[type='application/json']").textContent);
  }

  #look() {
    const text = this.#input.value;
    const told = text === "" ? [] : this.problems.map((each) => message(this.#policy, each));
    rules(this.#policy, text).forEach(({ state }, place) => {
      this.#list.children[place].dataset.state = state;
    });
    this.#input.setAttribute("aria-invalid", String(told.length > 0));
    // The form does not go with it, unless it says novalidate: then the server decides.
    this.#input.setCustomValidity(told.join(" "));
    // A screen reader hears it when the typing pauses, and not at every key.
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#live.textContent = told.join(" ");
    }, PAUSE);
  }
}

if (!customElements.get("winbooks-id-password")) {
  customElements.define("winbooks-id-password", WinBooksIdPassword);
}
