import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseContentLine } from "./content-line.ts";
import { referenceUnder } from "./reference-under.ts";

test("the examples of the event format have the references that it gives them", () => {
  const referenceOf = referenceUnder(Uint8Array.from({ length: 32 }, (_, byte) => byte));
  expect(
    ['"hello"', '"exit 1"', '{"path":"/tmp/a"}'].map((json) => referenceOf(Buffer.from(json))),
  ).toEqual([
    "8426bcbce3932be26d6707734e65a7634396507774ff3e41355c428d2c18184e",
    "e078f3cb6335da808405710a62dbb801b6fd9ae20efccaa205dda0e639b12df9",
    "c5d33a6381ca1021cb8851ceeaf0a28e7928407e09822960eab18c7372718de2",
  ]);
});

test("a reference is the HMAC of the digest, whatever the bytes and the key", () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(key, fc.uint8Array(), (secret, bytes) => {
      const digest = createHash("sha256").update(bytes).digest();
      const expected = createHmac("sha256", secret).update(digest).digest("hex");
      expect(referenceUnder(secret)(bytes)).toBe(expected);
    }),
  );
});

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
