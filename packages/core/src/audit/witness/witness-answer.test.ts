import { expect, test } from "vitest";
import { emptyRoot } from "../merkle/hash.ts";
import { formatCheckpoint } from "../notes/checkpoint.ts";
import { knownKey } from "../notes/keys.fixture.ts";
import { signNote, signatureOf } from "../notes/sign-note.ts";
import { formatSignature } from "../notes/signed-note.ts";
import { cosigner, noteSigner } from "../notes/signer.ts";
import { addCheckpoint } from "./add-checkpoint.ts";
import { formatSubmission } from "./submission.ts";

const origin = "example.com/spoor/0";
const text = formatCheckpoint({ origin, size: 0, root: emptyRoot, extensions: [] });
const note = await signNote(text, [noteSigner(knownKey(origin))]);
const submission = { oldSize: 0, proof: [], note };
const witness = cosigner(knownKey("w1.example"), () => 1_700_000_000_500);
const cosignature = formatSignature(await signatureOf(text, witness));

async function answerTo(
  body: string | Uint8Array<ArrayBuffer>,
  init: ResponseInit = {},
): ReturnType<typeof addCheckpoint> {
  const fetch = (): Promise<Response> => Promise.resolve(new Response(body, init));
  return addCheckpoint({ url: "http://127.0.0.1/", key: witness.key }, submission, { fetch });
}

function failing(): Promise<Response> {
  return Promise.reject(new TypeError("fetch failed"));
}

test("a cosignature is believed after it was checked, whoever else has signed along", async () => {
  const other = await signatureOf(
    text,
    cosigner(knownKey("w2.example"), () => 1_000),
  );
  expect(await answerTo(formatSignature(other) + cosignature)).toEqual({
    kind: "cosigned",
    cosignature: expect.objectContaining({ name: "w1.example", keyId: witness.key.id }),
    at: 1_700_000_000_000,
  });
});

test("the submission goes where the witness takes it, as it is, and is not passed on", async () => {
  const asked: unknown[] = [];
  const fetch = (url: unknown, init?: RequestInit): Promise<Response> => {
    asked.push([url, init?.method, init?.redirect, init?.body]);
    return Promise.resolve(new Response(cosignature));
  };
  for (const url of ["http://127.0.0.1/w", "http://127.0.0.1/w/"])
    await addCheckpoint({ url, key: witness.key }, submission, { fetch });
  const expected = [
    "http://127.0.0.1/w/add-checkpoint",
    "POST",
    "manual",
    formatSubmission(submission),
  ];
  expect(asked).toEqual([expected, expected]);
});

test.each([
  ["of another text", async () => formatSignature(await signatureOf(`${text}more\n`, witness))],
  [
    "of another witness",
    async () =>
      formatSignature(
        await signatureOf(
          text,
          cosigner(knownKey("w2"), () => 1_000),
        ),
      ),
  ],
  [
    "without a time",
    async () =>
      formatSignature(
        await signatureOf(
          text,
          cosigner(knownKey("w1.example"), () => 0),
        ),
      ),
  ],
  ["that was cut", () => cosignature.slice(0, -1)],
  ["with another line that was cut", () => `${cosignature}— w2.example`],
  ["with a line that is none", () => `${cosignature}ok\n`],
  [
    "with one wrong signature beside the right one",
    () => cosignature + cosignature.replace("AAAA", "AAAB"),
  ],
  ["that is empty", () => ""],
  ["that is a web page", () => "<!doctype html>\n"],
])("an answer %s is no cosignature", async (_, body) => {
  expect(await answerTo(await body())).toMatchObject({
    kind: "unwitnessed",
    message: expect.stringMatching(/^witness w1\.example sent /),
  });
});

test.each([
  [400, "malformed"],
  [403, "unknown key"],
  [404, "unknown log"],
  [422, "inconsistent"],
])("%i is a refusal: %s", async (status, why) => {
  expect(await answerTo("whatever\n", { status })).toMatchObject({
    kind: "refused",
    why,
    message: expect.stringMatching(/^witness w1\.example /),
    fix: expect.stringMatching(/\.$/),
  });
});

test("409 says where the witness stands, or it says nothing", async () => {
  const headers = { "content-type": "text/x.tlog.size; charset=utf-8" };
  expect(await answerTo("1000\n", { status: 409, headers })).toMatchObject({
    kind: "conflict",
    size: 1_000,
  });
  expect(await answerTo("0\n", { status: 409, headers })).toMatchObject({
    kind: "conflict",
    size: 0,
  });
  for (const body of ["", "1000", "01\n", "-1\n", "9007199254740993\n", "1\n2\n"])
    expect(await answerTo(body, { status: 409, headers })).toMatchObject({ kind: "unwitnessed" });
  expect(await answerTo("1000\n", { status: 409 })).toMatchObject({ kind: "unwitnessed" });
});

test("what else is answered, or is not, leaves the checkpoint unwitnessed", async () => {
  for (const status of [201, 301, 302, 401, 429, 500, 503])
    expect(await answerTo(cosignature, { status })).toMatchObject({
      kind: "unwitnessed",
      message: expect.stringContaining("answered"),
      fix: expect.stringContaining("later"),
    });
  const asked = { url: "http://127.0.0.1/", key: witness.key };
  expect(await addCheckpoint(asked, submission, { fetch: failing })).toMatchObject({
    kind: "unwitnessed",
    message: expect.stringMatching(/^witness w1\.example could not be reached: /),
  });
  expect(await addCheckpoint(asked, submission, { signal: AbortSignal.abort() })).toMatchObject({
    kind: "unwitnessed",
  });
});

test("bytes that are no text are no answer", async () => {
  expect(await answerTo(Uint8Array.of(0xff, 10))).toMatchObject({ kind: "unwitnessed" });
});
