/**
 * Which rules of a password policy does a text break, told while it is typed?
 *
 * The policy is the JSON of `PasswordPolicy.description()`. The answer has the
 * codes and parameters of the server's; the server decides, and knows the rules
 * that `policy.server_only` names.
 */

const KINDS = [
  ["lower", /^\p{Ll}$/u],
  ["upper", /^[\p{Lu}\p{Lt}]$/u],
  ["digit", /^\p{Nd}$/u],
  ["special", /^[\p{P}\p{S}\p{Zs}]$/u],
];
// What shows nothing, beside Unicode's default-ignorable characters.
const EMPTY = /[\u2800\ufff9-\ufffb\u{13430}-\u{1343f}\u{16fe4}\u{1d159}]/u;
const PLURALS = { lower: "lower", upper: "upper", digit: "digits", special: "special" };

/** Return the text with every space as U+0020, in normal form C. */
export function canonical(raw) {
  return raw.replace(/\p{Zs}/gu, " ").normalize("NFC");
}

/** Return the text without the difference of case, as Unicode folds it. */
export function fold(text) {
  return [...text].map(foldCharacter).join("");
}

function foldCharacter(character) {
  if (character === "\u0131") return character;
  if (character === "\u1e9e") return "ss";
  const upper = character.toUpperCase();
  if (/\p{Script=Cherokee}/u.test(character)) return upper;
  return [...upper].map((one) => one.toLowerCase()).join("");
}

/** Return every broken rule as `{code, params}`; an empty list means none. */
export function check(policy, raw) {
  if (typeof raw !== "string") return [{ code: "field.not_text", params: {} }];
  const problems = [];
  const report = (code, params = {}) => problems.push({ code, params });
  if ([...raw].length > policy.growth * policy.max_length) {
    report("password.too_long", { maximum: policy.max_length });
    return problems;
  }
  const spelled = canonical(raw);
  // What joins emoji counts for nothing; what else is invisible is refused.
  const text = spelled.replace(/[\u200d\ufe0f]/gu, "");
  const characters = [...text];
  const counts = countKinds(characters);
  if (/\p{Cs}/u.test(spelled)) report("password.not_unicode");
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(spelled)) report("password.control_character");
  if (/\p{Cn}/u.test(spelled)) report("password.unassigned_character");
  if (/\p{Default_Ignorable_Code_Point}/u.test(text) || EMPTY.test(text)) {
    report("field.hidden_character");
  }
  const missing = policy.min_length - characters.length;
  if (missing > 0) {
    report("password.too_short", { minimum: policy.min_length, missing });
  }
  if ([...spelled].length > policy.max_length) {
    report("password.too_long", { maximum: policy.max_length });
  }
  if (Object.values(counts).filter(Boolean).length < policy.min_kinds) {
    report("password.too_few_kinds", { needed: policy.min_kinds });
  }
  for (const [kind, minimum] of Object.entries(policy.least)) {
    if (counts[kind] < minimum) {
      report(`password.too_few_${PLURALS[kind]}`, { minimum });
    }
  }
  for (const [kind, maximum] of Object.entries(policy.most)) {
    if (maximum !== null && counts[kind] > maximum) {
      report(`password.too_many_${PLURALS[kind]}`, { maximum });
    }
  }
  const allowed = policy.allowed_characters;
  if (allowed !== null && [...spelled].some((one) => !allowed.includes(one))) {
    report("password.character_not_allowed", { allowed });
  }
  const forbidden = policy.forbidden_characters;
  if (characters.some((one) => forbidden.includes(one))) {
    report("password.character_forbidden", { forbidden });
  }
  if (policy.max_run !== null && longestRun(characters) > policy.max_run) {
    report("password.run_too_long", { maximum: policy.max_run });
  }
  const folded = fold(text);
  if (
    policy.forbidden_words.some((word) => folded.includes(word)) ||
    policy.forbidden_spellings.some((word) => text.includes(word))
  ) {
    report("password.forbidden_word");
  }
  if (policy.denied.includes(folded) || policy.denied_spellings.includes(text)) {
    report("password.denied");
  }
  return problems;
}

/**
 * Return what the policy asks for, each with its state: "kept", "broken", or "open"
 * where nothing is typed yet or the server alone decides.
 */
export function rules(policy, raw) {
  const broken = new Set(check(policy, raw).map((problem) => problem.code));
  return policy.rules.map(({ code, sentence }) => {
    const isOpen = raw === "" || code === null;
    return { code, sentence, state: isOpen ? "open" : broken.has(code) ? "broken" : "kept" };
  });
}

/** Return the sentence for a problem, in the language of the description. */
export function message(policy, problem) {
  let sentence = policy.sentences[problem.code];
  if (typeof sentence !== "string") {
    const number = problem.params[sentence.by];
    sentence = policy.ones.includes(number) ? sentence.one : sentence.other;
  }
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(problem.params[name]));
}

function countKinds(characters) {
  const counts = { lower: 0, upper: 0, digit: 0, special: 0 };
  for (const character of characters) {
    const found = KINDS.find(([, pattern]) => pattern.test(character));
    if (found) counts[found[0]] += 1;
  }
  return counts;
}

function longestRun(characters) {
  let longest = 0;
  let run = 0;
  characters.forEach((character, place) => {
    run = character === characters[place - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}
