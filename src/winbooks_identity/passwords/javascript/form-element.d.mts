import type { ProblemDetails, Values } from "./form.mjs";

/** `<winbooks-id-form>`: builds a form, checks it, and says what the server refuses. */
export class WinBooksIdForm extends HTMLElement {
  /** Say what the server refuses; null where it gave no document. */
  refuse(answer: ProblemDetails | null): void;

  addEventListener(
    type: "winbooks-id-send",
    listener: (event: CustomEvent<Values>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "winbooks-id-form": WinBooksIdForm;
  }
}
