import type { Problem } from "./password-policy.mjs";

/** `<winbooks-id-password>`: tells the rules while a password is typed. */
export class WinBooksIdPassword extends HTMLElement {
  /** What the text in the field breaks. */
  get problems(): Problem[];
}

declare global {
  interface HTMLElementTagNameMap {
    "winbooks-id-password": WinBooksIdPassword;
  }
}
