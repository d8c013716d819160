/**
 * What does a form send, and what is wrong with it, before and after it is sent?
 *
 * The form is the JSON of `winbooks_identity.forms.browser.form_json`. The answers have
 * the codes of the server's; the server decides, and knows more.
 */

import { check, message } from "./password-policy.mjs";

/** The field of a problem that belongs to no field. */
export const WHOLE_FORM = "";

/** Tell whether a field is on the form, given what was filled in. */
export function isAsked(field, values) {
  return field.input !== "shown" && !(field.unless !== null && values[field.unless] === true);
}

/**
 * Return what was filled in, as the server takes it: texts, `true` or `false` for a
 * box, and a list where there are several choices.
 *
 * `entries` are pairs of a name and a text, such as a `FormData`.
 */
export function read(form, entries) {
  const sent = [...entries];
  const values = {};
  for (const { name, input } of form.fields) {
    const texts = sent.filter(([each]) => each === name).map(([, text]) => text);
    if (input === "some_of") values[name] = texts;
    else if (input === "checkbox") values[name] = texts.length > 0;
    else if (texts.length > 0) values[name] = texts.at(-1);
  }
  for (const field of form.fields) {
    if (!isAsked(field, values)) delete values[field.name];
  }
  return values;
}

/** Return every problem that the description knows, in the order of the fields. */
export function checkForm(form, values) {
  return form.fields
    .filter((field) => isAsked(field, values))
    .flatMap((field) => checkField(field, values[field.name] ?? ""));
}

function checkField(field, value) {
  if (isEmpty(field, value)) {
    if (field.missing === null) return [];
    return [{ field: field.name, params: {}, ...field.missing }];
  }
  if (field.policy === null) return [];
  return check(field.policy, value).map((problem) => ({
    field: field.name,
    ...problem,
    detail: message(field.policy, problem),
  }));
}

function isEmpty(field, value) {
  if (typeof value === "boolean") return false;
  // A password may have blanks at its ends; any other text is trimmed.
  return field.input !== "password" && typeof value === "string"
    ? /^\p{White_Space}*$/u.test(value)
    : value.length === 0;
}

/**
 * Return the problems in an answer of the server, in the order of the fields: a
 * document of RFC 9457, whose `errors` point into what was sent.
 *
 * Any other answer, or `null`, is one problem of the whole form.
 */
export function problemsIn(form, answer) {
  const errors = Array.isArray(answer?.errors) ? answer.errors : [];
  if (errors.length === 0) {
    const detail = answer?.title || form.unavailable;
    return [{ field: WHOLE_FORM, code: "", params: {}, detail }];
  }
  const names = form.fields.map((field) => field.name);
  const found = errors.map(({ pointer, code, params, detail }) => {
    const field = names.find((name) => isAt(pointer, name)) ?? WHOLE_FORM;
    return { field, code, params, detail };
  });
  return found.sort((one, other) => names.indexOf(one.field) - names.indexOf(other.field));
}

// The names of fields are plain: nothing in them is escaped in a pointer.
function isAt(pointer, name) {
  return pointer === `#/${name}` || Boolean(pointer?.startsWith(`#/${name}/`));
}
