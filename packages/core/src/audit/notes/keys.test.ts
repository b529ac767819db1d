import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { knownKey } from "./keys.fixture.ts";
import { cosigner, formatSigningKey, noteSigner, parseSigningKey } from "./signer.ts";
import { formatVerifierKey, parseVerifierKey, verifierKey } from "./verifier-key.ts";

// Keys of golang.org/x/mod/sumdb/note's own tests, and of the example in c2sp.org/signed-note.
const peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const peterSecret =
  "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const example = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

test("keys of others are read, and written again as they were", () => {
  for (const line of [
    peter,
    example,
    "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
  ])
    expect(formatVerifierKey(parseVerifierKey(line))).toBe(line);
  expect(formatSigningKey(parseSigningKey(peterSecret))).toBe(peterSecret);
  expect(formatVerifierKey(noteSigner(parseSigningKey(peterSecret)).key)).toBe(peter);
});

test("a base64 that holds a plus is read", () => {
  const lines = Array.from({ length: 60 }, (_, place) =>
    formatVerifierKey(noteSigner(knownKey(`log${place}`)).key),
  );
  const withPlus = lines.filter((line) => line.split("+").length > 3);
  expect(withPlus.length).toBeGreaterThan(0);
  for (const line of withPlus) expect(formatVerifierKey(parseVerifierKey(line))).toBe(line);
});

test("no part of a key and no changed key is taken for one", () => {
  for (const [line, parse] of [
    [peter, parseVerifierKey],
    [peterSecret, parseSigningKey],
  ] as const)
    for (let start = 0; start < line.length; start += 1) {
      const changed = String.fromCharCode(line.charCodeAt(start) + 1);
      expect(() => parse(`${line.slice(0, start)}${changed}${line.slice(start + 1)}`)).toThrow();
      if (start > 0) expect(() => parse(line.slice(start))).toThrow();
      expect(() => parse(line.slice(0, start))).toThrow();
    }
});

test("a key that cannot be used says why", () => {
  // From sumdb/note: a key of an unknown type, with the id that it would have.
  expect(() =>
    parseVerifierKey("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
  ).toThrow("expected a key of type 01 (Ed25519) or 04 (cosignature/v1), received type 65");
  expect(() => verifierKey("log", "ed25519", Buffer.alloc(36))).toThrow(
    "expected a public key of 32 bytes, received 36",
  );
  expect(() => parseVerifierKey(peter.replace("c74f20a3", "c74f20a4"))).toThrow(
    "the key of PeterNeumann does not have the id c74f20a4",
  );
  expect(() => parseVerifierKey("https://example.com")).toThrow(
    expect.objectContaining({
      code: "KEY_MALFORMED",
      message: 'expected a key as <name>+<id>+<base64>, received "https://example.com"',
    }),
  );
  expect(() => noteSigner({ name: "log", seed: Buffer.alloc(31) })).toThrow(
    "expected a seed of 32 bytes, received 31",
  );
});

test("what is wrong with a secret key is said without any of it", () => {
  const secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  for (const line of [secret, peterSecret.slice(1), peterSecret.replace("c74f20a3", "00000000")])
    expect(() => parseSigningKey(line)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("AYEK") }),
    );
});

test("names may hold any letter, but no blank, control character or plus", () => {
  const publicKey = parseVerifierKey(peter).publicKey;
  for (const name of [
    "日志/一",
    "naïve.example",
    "🦌",
    "a/b?c=d#e",
    "—",
    "\u{feff}log",
    "\u200dlog",
  ]) {
    const line = formatVerifierKey(verifierKey(name, "ed25519", publicKey));
    expect(parseVerifierKey(line).name).toBe(name);
  }
  const refused = [
    "",
    " ",
    "a b",
    "a+b",
    "a\nb",
    "a\tb",
    "\u00a0",
    "a\u2028b",
    "a\u3000b",
    "a\u0085b",
    "\u0000",
    "\ud800",
  ];
  for (const name of refused)
    expect(() => verifierKey(name, "ed25519", publicKey)).toThrow("cannot name a key");
});

test("the same secret as a log and as a witness is two keys", () => {
  const [log, witness] = [noteSigner(knownKey("one")).key, cosigner(knownKey("one"), () => 0).key];
  expect(witness.publicKey).toEqual(log.publicKey);
  expect(witness.id).not.toBe(log.id);
  expect(parseVerifierKey(formatVerifierKey(witness))).toEqual(witness);
});
