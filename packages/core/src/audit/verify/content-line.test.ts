import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { parseContentLine } from "./content-line.ts";

function partsOf(line: string): unknown {
  const parts = parseContentLine(Buffer.from(line));
  return parts && { ...parts, json: parts.json.toString() };
}

test("a line of content is taken apart only where it is spelt in the one way", () => {
  const ref = "ab".repeat(32);
  expect(partsOf(`{"ref":"${ref}","value":{"a":1}}`)).toEqual({ ref, json: '{"a":1}' });
  expect(partsOf(`{"ref":"${ref}","cutFrom":12345,"value":"x"}`)).toEqual({ ref, json: '"x"' });
  for (const line of [
    "",
    `{"ref":"${ref}","value":"x"`,
    `{"ref":"${ref.toUpperCase()}","value":"x"}`,
    `{"ref": "${ref}","value":"x"}`,
    `{"ref":"${ref}","cutfrom":1,"value":"x"}`,
  ])
    expect(partsOf(line)).toBeNull();
});
