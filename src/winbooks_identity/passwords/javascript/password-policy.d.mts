/** What a kind of character is called. */
export type Kind = "lower" | "upper" | "digit" | "special";

/** A sentence that depends on the number in the parameter `by`. */
export interface Plural {
  readonly by: string;
  readonly one: string;
  readonly other: string;
}

/** A rule in words, with the code of its breach. */
export interface RuleText {
  readonly code: string | null;
  readonly sentence: string;
}

/** The JSON of `PasswordPolicy.description(locale)`. */
export interface PolicyDescription {
  readonly growth: number;
  readonly min_length: number;
  readonly max_length: number;
  readonly min_kinds: number;
  readonly least: Readonly<Record<Kind, number>>;
  readonly most: Readonly<Record<Kind, number | null>>;
  readonly allowed_characters: string | null;
  readonly forbidden_characters: string;
  readonly max_run: number | null;
  readonly forbidden_words: readonly string[];
  readonly forbidden_spellings: readonly string[];
  readonly denied: readonly string[];
  readonly denied_spellings: readonly string[];
  /** The rules that the server alone knows. */
  readonly server_only: readonly string[];
  /** What is asked for, one sentence a rule, before anything is typed. */
  readonly help: readonly string[];
  /** The same, each with the code of its breach; `null` where the server decides. */
  readonly rules: readonly RuleText[];
  readonly ones: readonly number[];
  readonly sentences: Readonly<Record<string, string | Plural>>;
}

/** One broken rule; the codes and parameters are the server's. */
export interface Problem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Return the text with every space as U+0020, in normal form C. */
export function canonical(raw: string): string;

/** Return the text without the difference of case, as Unicode folds it. */
export function fold(text: string): string;

/** Return every broken rule; an empty list means none. */
export function check(policy: PolicyDescription, raw: unknown): Problem[];

/** A rule, and whether a text keeps to it. */
export interface Rule extends RuleText {
  readonly state: "kept" | "broken" | "open";
}

/** Return what the policy asks for, each with its state. */
export function rules(policy: PolicyDescription, raw: string): Rule[];

/** Return the sentence for a problem, in the language of the description. */
export function message(policy: PolicyDescription, problem: Problem): string;
