// Does Ajv, in its strict mode, say of each value what another validator says?
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const cases = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const wrong = [];
for (const { name, schema, values } of cases) {
  const ajv = new Ajv2020({ strict: true, strictRequired: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  for (const [value, isValid] of values) {
    if (validate(value) !== isValid) {
      wrong.push(`${name}: ${JSON.stringify(value)} is valid: ${!isValid}`);
    }
  }
}
const asked = cases.reduce((number, { values }) => number + values.length, 0);
console.log([...wrong, `${cases.length} schemas, ${asked} values, ${wrong.length} wrong`].join("\n"));
process.exitCode = wrong.length || !asked ? 1 : 0;
