import type { PolicyDescription, Problem } from "./password-policy.mjs";

/** A value that a field offers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One field; its name is the `id` of its element, too. */
export interface FormField {
  readonly name: string;
  readonly input:
    | "email"
    | "password"
    | "text"
    | "tel"
    | "checkbox"
    | "one_of"
    | "some_of"
    | "shown";
  readonly label: string;
  readonly help: string;
  /** What is wrong when it is left empty; `null` where it may be. */
  readonly missing: { readonly code: string; readonly detail: string } | null;
  /** The box that, ticked, takes the field off the form. */
  readonly unless: string | null;
  readonly choices: readonly Choice[];
  readonly initial: string | boolean;
  readonly attributes: Readonly<Record<string, string>>;
  /** What a password keeps to. */
  readonly policy: PolicyDescription | null;
}

/** The JSON of `winbooks_identity.forms.browser.form_json`. */
export interface FormDescription {
  readonly language: string;
  /** The title above the problems. */
  readonly summary: string;
  /** What is said when the server's answer says nothing. */
  readonly unavailable: string;
  readonly optional: string;
  readonly save: string;
  readonly fields: readonly FormField[];
}

/** What a form sends, by field. */
export type Values = Record<string, string | boolean | string[]>;

/** A problem of a field, or of the whole form. */
export interface FormProblem extends Problem {
  readonly field: string;
  /** The sentence for the reader. */
  readonly detail: string;
}

/** The parts of a document of RFC 9457 that are read. */
export interface ProblemDetails {
  readonly title?: string;
  readonly errors?: readonly (Problem & {
    readonly pointer?: string;
    readonly parameter?: string;
    readonly detail: string;
  })[];
}

/** The field of a problem that belongs to no field. */
export const WHOLE_FORM: "";

/** Tell whether a field is on the form, given what was filled in. */
export function isAsked(field: FormField, values: Values): boolean;

/** Return what was filled in, as the server takes it. */
export function read(
  form: FormDescription,
  entries: Iterable<[string, FormDataEntryValue]>,
): Values;

/** Return every problem that the description knows, in the order of the fields. */
export function checkForm(form: FormDescription, values: Values): FormProblem[];

/** Return the problems in an answer of the server, in the order of the fields. */
export function problemsIn(
  form: FormDescription,
  answer: ProblemDetails | null,
): FormProblem[];
