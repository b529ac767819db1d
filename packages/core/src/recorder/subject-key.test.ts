import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { contentNameUnder } from "./subject-key.ts";

test("the examples of the event format have the references that it gives them", () => {
  const nameOf = contentNameUnder(Uint8Array.from({ length: 32 }, (_, byte) => byte));
  expect(['"hello"', '"exit 1"', '{"path":"/tmp/a"}'].map(nameOf)).toEqual([
    "8426bcbce3932be26d6707734e65a7634396507774ff3e41355c428d2c18184e",
    "e078f3cb6335da808405710a62dbb801b6fd9ae20efccaa205dda0e639b12df9",
    "c5d33a6381ca1021cb8851ceeaf0a28e7928407e09822960eab18c7372718de2",
  ]);
});

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("a reference is the HMAC of the digest, whatever the bytes and the key", () => {
  fc.assert(
    fc.property(key, fc.uint8Array(), (secret, bytes) => {
      const digest = createHash("sha256").update(bytes).digest();
      const expected = createHmac("sha256", secret).update(digest).digest("hex");
      expect(contentNameUnder(secret)(bytes)).toBe(expected);
    }),
  );
});

test("a text and its bytes have one reference", () => {
  const text = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(key, text, (secret, json) => {
      const nameOf = contentNameUnder(secret);
      expect(nameOf(json)).toBe(nameOf(Buffer.from(json)));
    }),
  );
});
