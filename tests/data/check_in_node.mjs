// Answers, on standard output, what the module at argv[2] says about the policies
// and texts on standard input; and whether each text fits the policy's JSON Schema.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { check, message } = await import(pathToFileURL(process.argv[2]));
const { policies, texts } = JSON.parse(readFileSync(0, "utf8"));

function fits(schema, text) {
  const length = [...text].length;
  const rules = {
    minLength: (least) => length >= least,
    maxLength: (most) => length <= most,
    pattern: (pattern) => new RegExp(pattern, "u").test(text),
    enum: (values) => values.includes(text),
    not: (inner) => !fits(inner, text),
    allOf: (inner) => inner.every((one) => fits(one, text)),
    anyOf: (inner) => inner.some((one) => fits(one, text)),
  };
  return Object.entries(schema).every(([rule, value]) => rules[rule]?.(value) ?? true);
}

const answers = policies.map(({ description, schema }) =>
  texts.map((text) => {
    const problems = check(description, text);
    const messages = problems.map((problem) => message(description, problem));
    return { problems, messages, fits: fits(schema, text) };
  }),
);
process.stdout.write(JSON.stringify(answers));
