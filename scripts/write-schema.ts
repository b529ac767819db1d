import { readFileSync, writeFileSync } from "node:fs";
import { eventJsonSchema } from "../packages/core/src/schema/index.ts";

const file = new URL("../docs/spec/event.schema.json", import.meta.url);
const schema = `${JSON.stringify(eventJsonSchema(), null, 2)}\n`;

if (!process.argv.includes("--check")) writeFileSync(file, schema);
else if (written() !== schema) {
  console.error(
    "docs/spec/event.schema.json is not what the event table says: run `node scripts/write-schema.ts` and commit the result",
  );
  process.exitCode = 1;
}

/** A file that is missing is out of date like any other. */
function written(): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
