/**
 * How does a form get onto a page, and what is wrong with it beside its fields?
 *
 * All of it is made of elements and texts, without a style or a script in them, so the
 * strictest Content-Security-Policy lets it through. The `id` of a field is its name.
 */

import { read, WHOLE_FORM } from "./form.mjs";
import "./password-element.mjs";

const SUMMARY = "form-summary";

/** Return a `<form>` with every field of the description and a button. */
export function buildForm(form) {
  const fields = form.fields.map((field) => buildField(form, field));
  const button = make("button", {}, form.save);
  // The browser's own bubbles are in its language and tell one problem at a time.
  const built = make("form", { novalidate: "", method: "post", lang: form.language }, ...fields, button);
  built.addEventListener("change", () => offer(built, form));
  offer(built, form);
  return built;
}

/** Return what is filled in, as the server takes it. */
export function readForm(built, form) {
  return read(form, new FormData(built));
}

/**
 * Say the problems beside their fields and in a summary with links, and move the focus
 * to that summary. No problems take the earlier ones away.
 */
export function showProblems(built, form, problems) {
  built.querySelector(`#${SUMMARY}`)?.remove();
  for (const field of form.fields) {
    const said = problems.filter((problem) => problem.field === field.name);
    sayBeside(built, field, said.map((problem) => problem.detail));
  }
  if (problems.length === 0) return;
  const lines = problems.map((problem) => make("li", {}, line(built, form, problem)));
  const title = make("h2", { id: `${SUMMARY}-title` }, form.summary);
  const named = { role: "group", "aria-labelledby": title.id };
  const list = make("ul", {}, ...lines);
  const summary = make("div", { id: SUMMARY, tabindex: "-1", ...named }, title, list);
  built.prepend(summary);
  summary.focus();
}

function line(built, form, { field: name, detail }) {
  if (name === WHOLE_FORM) return detail;
  const field = form.fields.find((each) => each.name === name);
  const link = make("a", { href: `#${name}` }, `${field.label} \u2013 ${detail}`);
  link.addEventListener("click", (event) => {
    // The address of the page stays as it is: a product may route by it.
    event.preventDefault();
    focusOn(built, field);
  });
  return link;
}

function focusOn(built, field) {
  // What a box has taken off the form comes back with that box.
  const name = partOf(built, field).hidden ? field.unless : field.name;
  const place = built.querySelector(`#${name}`);
  const target = place.matches("fieldset") ? place.querySelector("input") : place;
  (target ?? place).focus();
}

function sayBeside(built, field, sentences) {
  const problems = built.querySelector(`#${field.name}-problems`);
  problems.replaceChildren(...sentences.map((sentence) => make("p", {}, sentence)));
  for (const input of partOf(built, field).querySelectorAll("input, select")) {
    if (sentences.length > 0) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

/** Take off the form what a ticked box stands for, and put it back. */
function offer(built, form) {
  for (const field of form.fields.filter((each) => each.unless !== null)) {
    const isOff = built.querySelector(`#${field.unless}`).checked;
    partOf(built, field).hidden = isOff;
    built.querySelector(`#${field.name}`).disabled = isOff;
  }
}

function partOf(built, field) {
  return built.querySelector(`[data-field="${field.name}"]`);
}

function buildField(form, field) {
  const { name, help } = field;
  const problems = make("div", { id: `${name}-problems` });
  const hint = help === "" ? [] : [make("p", { id: `${name}-help` }, help)];
  const ids = [...hint, problems].map((each) => each.id).join(" ");
  const control = BUILDERS[field.input] ?? buildInput;
  const parts = control(field, labelParts(form, field), { "aria-describedby": ids });
  return make("div", { "data-field": name }, ...parts, ...hint, problems);
}

function labelParts(form, { input, label, missing, initial }) {
  const isFilledIn = input === "checkbox" || input === "shown" || (input === "one_of" && initial !== "");
  if (missing !== null || isFilledIn) return [label];
  return [label, " ", make("span", { "data-optional": "" }, form.optional)];
}

const BUILDERS = {
  checkbox(field, label, described) {
    const box = make("input", { type: "checkbox", id: field.name, name: field.name, ...described });
    box.checked = field.initial === true;
    return [box, make("label", { for: field.name }, ...label)];
  },
  shown(field, label) {
    const shown = { id: field.name, tabindex: "-1" };
    return [make("label", { for: field.name }, ...label), make("output", shown, field.initial)];
  },
  some_of(field, label, described) {
    const boxes = field.choices.map((choice, place) => {
      const id = `${field.name}-${place}`;
      const box = make("input", { type: "checkbox", id, name: field.name, value: choice.value });
      return make("div", {}, box, make("label", { for: id }, choice.label));
    });
    const group = { id: field.name, tabindex: "-1", ...described };
    return [make("fieldset", group, make("legend", {}, ...label), ...boxes)];
  },
  one_of(field, label, described) {
    const options = field.choices.map((choice) => {
      const option = make("option", { value: choice.value }, choice.label);
      option.selected = choice.value === field.initial;
      return option;
    });
    // What is not settled begins with no choice.
    if (field.initial === "") options.unshift(make("option", { value: "" }));
    const select = make("select", { ...common(field), ...described }, ...options);
    return [make("label", { for: field.name }, ...label), select];
  },
  password(field, label, described) {
    const input = buildInput(field, label, described);
    if (field.policy === null) return input;
    // It tells the rules while they are typed.
    const rules = make("script", { type: "application/json" }, JSON.stringify(field.policy));
    return [make("winbooks-id-password", {}, ...input, rules)];
  },
};

function buildInput(field, label, described) {
  const attributes = { type: field.input, ...common(field), ...field.attributes, ...described };
  const input = make("input", attributes);
  input.value = field.initial;
  return [make("label", { for: field.name }, ...label), input];
}

function common({ name, missing }) {
  return missing === null ? { id: name, name } : { id: name, name, required: "" };
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
