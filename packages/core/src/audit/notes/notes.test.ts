import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { knownKey } from "./keys.fixture.ts";
import { openNote } from "./open-note.ts";
import { signNote } from "./sign-note.ts";
import { formatNote, parseNote } from "./signed-note.ts";
import { noteSigner, parseSigningKey } from "./signer.ts";
import { parseVerifierKey } from "./verifier-key.ts";

// Text, keys and signatures of golang.org/x/mod/sumdb/note's own tests.
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peter = parseVerifierKey(
  "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
);
const enoch = parseVerifierKey("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");
const peterSecret =
  "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const byPeter =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const byEnoch =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const byBoth = `${text}\n${byPeter}${byEnoch}`;

test("Ed25519 signs the same text to the same note as everybody's", async () => {
  const signed = await signNote(text, [noteSigner(parseSigningKey(peterSecret))]);
  expect(signed).toBe(`${text}\n${byPeter}`);
});

test("the notes that C2SP shows open with their keys", () => {
  // c2sp.org/signed-note, section "Verifier keys".
  const example = parseVerifierKey(
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
  );
  const note =
    "This is an example message.\n\n" +
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
  expect(openNote(note, [example]).text).toBe("This is an example message.\n");
});

test("those who are known have signed, the others mean nothing", () => {
  const one = openNote(byBoth, [peter]);
  expect(one.text).toBe(text);
  expect(one.verified).toEqual([{ key: peter, at: null }]);
  expect(one.unknown.map(({ name, keyId }) => [name, keyId])).toEqual([["EnochRoot", "af0cfe78"]]);
  const both = openNote(Buffer.from(byBoth), [enoch, peter]);
  expect(both.verified.map(({ key }) => key)).toEqual([peter, enoch]);
  expect(both.unknown).toEqual([]);
});

test("a note that nobody known has signed is refused, and says who has", () => {
  expect(() => openNote(byBoth, [noteSigner(knownKey("other")).key])).toThrow(
    expect.objectContaining({
      code: "NOTE_UNSIGNED",
      message: expect.stringMatching(
        /^expected a note signed by other\+[0-9a-f]{8}, received one signed by PeterNeumann\+c74f20a3, EnochRoot\+af0cfe78$/,
      ),
    }),
  );
  expect(() => openNote(byBoth, [])).toThrow("expected a note signed by no key at all");
  expect(() => openNote(`${text}\n${(byPeter + byEnoch).repeat(2)}`, [])).toThrow(
    /PeterNeumann\+c74f20a3 and 1 more$/,
  );
});

test("one bad signature of a known key refuses the note, whoever else has signed", () => {
  const wrong = expect.objectContaining({
    code: "SIGNATURE_INVALID",
    message: "a signature in the name of PeterNeumann+c74f20a3 is not by that key over this note",
  });
  const longer = `${byPeter.slice(0, 60)}ABCD${byPeter.slice(60)}`;
  expect(() => openNote(`${text}\n${longer}${byEnoch}`, [peter, enoch])).toThrow(wrong);
  expect(() => openNote(`${text}\n${byPeter}${longer}`, [peter])).toThrow(wrong);
  expect(() => openNote(`${text.replace("your", "my")}\n${byPeter}`, [peter])).toThrow(wrong);
  // Under another's name it is nobody's.
  expect(openNote(`${text}\n${longer}${byEnoch}`, [enoch]).verified).toHaveLength(1);
});

test("a key that is no point on the curve has signed nothing", () => {
  for (const byte of [0x00, 0x02, 0xff]) {
    const key = { ...peter, publicKey: Buffer.alloc(32, byte) };
    expect(() => openNote(byBoth, [key])).toThrow("is not by that key");
  }
});

test("two known keys of one name and id cannot be told apart, so both must have signed", () => {
  const impostor = { ...peter, publicKey: enoch.publicKey };
  expect(() => openNote(byBoth, [impostor, peter])).toThrow("not by that key");
});

test("flip a bit in any byte of a signed note, and it does not open", () => {
  const bytes = Buffer.from(`${text}\n${byPeter}`);
  for (let place = 0; place < bytes.length; place += 1)
    for (const bit of [place % 8, (place + 5) % 8]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ (1 << bit);
      expect(() => openNote(changed, [peter])).toThrow();
    }
});

test("a key signs once, however often it says so", () => {
  const opened = openNote(`${text}\n${byPeter}${byPeter}${byEnoch}`, [peter, enoch]);
  expect(opened.verified.map(({ key }) => key.name)).toEqual(["PeterNeumann", "EnochRoot"]);
});

test("a hundred signatures are read, of any name, and one more is too many", async () => {
  const names = Array.from({ length: 100 }, (_, place) => `log-${place}.example/日志#${place}`);
  const signers = names.map((name) => noteSigner(knownKey(name)));
  const note = await signNote(text, signers);
  const opened = openNote(
    note,
    signers.map(({ key }) => key),
  );
  expect(opened.verified.map(({ key }) => key.name)).toEqual(names);
  expect(() => parseNote(note + byPeter)).toThrow(
    "expected at most 100 signatures on a note, received 101",
  );
});

test("a text may hold empty lines, and is what stands before the last one", async () => {
  const poem = "Ognuno sta solo sul cuor della terra\n\n\ned è subito sera.\n";
  const signer = noteSigner(knownKey("quasimodo.example/salvatore"));
  expect(openNote(await signNote(poem, [signer]), [signer.key]).text).toBe(poem);
});

test("a note that was taken apart is put together as it was", () => {
  expect(formatNote(parseNote(byBoth))).toBe(byBoth);
});

test.each([
  ["", "expected a blank line between"],
  [text, "expected a blank line between"],
  [`${text}\n`, "expected at least one signature"],
  [`${text}${byPeter}`, "expected a blank line between"],
  [`${text}\n${byPeter.slice(0, -1)}`, "expected a line feed at the end"],
  [`${text}\n${byPeter}more\n`, 'received "more"'],
  [`${text}\n${byPeter}\n`, "expected at least one signature"],
  [`\u0001${text}\n${byPeter}`, "without control characters, received U+0001"],
  [`${text}\r\n\n${byPeter}`, "without control characters, received U+000d"],
  [`${text}\n${byPeter.replace("— ", "- ")}`, "expected a signature as"],
  [`${text}\n${byPeter.replace("— ", "—  ")}`, "expected a signature as"],
  [`${text}\n${byPeter.replace("PeterNeumann", "Bad Name")}`, "expected a signature as"],
  [`${text}\n${byPeter.replace("PeterNeumann", "Bad+Name")}`, "expected a signature as"],
  [`${text}\n${byPeter.replace("PeterNeumann", "Bad\u00a0Name")}`, "expected a signature as"],
  [`${text}\n— PeterNeumann \n`, "expected a signature as"],
  [`${text}\n— PeterNeumann x08goA\n`, "expected a signature as"],
  [`${text}\n— PeterNeumann x08gow==\n`, "expected a signature as"],
  [`${text}\n${byPeter.replace("nAM=", "nAN=")}`, "expected a signature as"],
  [`${text}\n${byPeter.replace("nAM=", "nAM")}`, "expected a signature as"],
  [`${text}\ud800\n\n${byPeter}`, "expected a note in UTF-8"],
])("%j is no note", (note, sentence) => {
  expect(() => openNote(note, [peter])).toThrow(
    expect.objectContaining({ code: "NOTE_MALFORMED", message: expect.stringContaining(sentence) }),
  );
});

test("bytes that are no UTF-8 are no note, and a byte order mark is part of one", async () => {
  const bytes = Buffer.concat([Buffer.of(0xff), Buffer.from(byBoth)]);
  expect(() => openNote(bytes, [peter])).toThrow("expected a note in UTF-8");
  const signer = noteSigner(knownKey("log"));
  const marked = await signNote(`\ufeff${text}`, [signer]);
  expect(openNote(Buffer.from(marked), [signer.key]).text).toBe(`\ufeff${text}`);
});

test("nothing is signed that could not be opened again", async () => {
  const signer = noteSigner(knownKey("log"));
  await expect(signNote("no line feed", [signer])).rejects.toThrow("expected a line feed");
  await expect(signNote("a\tb\n", [signer])).rejects.toThrow("without control characters");
  await expect(signNote("half \ud800\n", [signer])).rejects.toThrow("in UTF-8");
  const liar = { key: signer.key, sign: () => Buffer.alloc(64) };
  await expect(signNote(text, [liar])).rejects.toThrow("is not by that key");
  const away = { key: signer.key, sign: () => Promise.reject(new Error("the key is away")) };
  await expect(signNote(text, [away])).rejects.toThrow("the key is away");
});
