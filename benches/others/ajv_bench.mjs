// ajv: bytes to text, text to a value, the value against the compiled schema, formats asserted. No type comes out of it.

import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** The best of a hundred short batches. */
function nanoseconds(call, slice) {
  let calls = 1;
  let took = 0;
  const batch = () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) if (!call()) throw new Error("refused");
    return Number(process.hrtime.bigint() - start);
  };
  // Until it is warm: the compiler of node looks at what ran often.
  for (let i = 0; i < 20_000; i++) call();
  while (took < slice / 4) {
    calls *= 2;
    took = batch();
  }
  let best = took / calls;
  for (let round = 0; round < 100; round++) best = Math.min(best, batch() / calls);
  return best;
}

const times = {};
for (const { system, event, schema, payload } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  const bytes = Buffer.from(payload);
  times[`${system} ${event}`] = nanoseconds(() => validate(JSON.parse(bytes.toString("utf8"))), 400_000);
}
process.stdout.write(JSON.stringify(times));
