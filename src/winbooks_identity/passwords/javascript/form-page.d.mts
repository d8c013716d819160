import type { FormDescription, FormProblem, Values } from "./form.mjs";

/** Return a `<form>` with every field of the description and a button. */
export function buildForm(form: FormDescription): HTMLFormElement;

/** Return what is filled in, as the server takes it. */
export function readForm(built: HTMLFormElement, form: FormDescription): Values;

/** Say the problems beside their fields and in a summary, which gets the focus. */
export function showProblems(
  built: HTMLFormElement,
  form: FormDescription,
  problems: readonly FormProblem[],
): void;
