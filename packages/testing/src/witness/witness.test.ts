import { Buffer } from "node:buffer";
import { createHash, generateKeyPairSync, sign, verify } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { logKeyOf } from "./keys.ts";
import { startWitness, type WitnessServer } from "./witness.ts";

const origin = "example.com/log";
const now = 1_790_000_000_999;

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

/** A log of one or two entries, by hand. */
const leaves = ["one", "two", "another"].map((entry) => sha256(Buffer.of(0), Buffer.from(entry)));
const [one, two, another] = leaves as [Buffer, Buffer, Buffer];
const roots = {
  empty: sha256(),
  one,
  both: sha256(Buffer.of(1), one, two),
  forked: sha256(Buffer.of(1), another, two),
};

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const key = Buffer.concat([
  Buffer.of(1),
  Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url"),
]);
const keyId = sha256(Buffer.from(`${origin}\n`), key).subarray(0, 4);
const logKey = `${origin}+${keyId.toString("hex")}+${key.toString("base64")}`;

function signed(size: number, root: Buffer, signingKey = privateKey): string {
  const text = `${origin}\n${size}\n${root.toString("base64")}\n`;
  const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), signingKey)]);
  return `${text}\n— ${origin} ${signature.toString("base64")}\n`;
}

function asking(oldSize: number, proof: readonly Buffer[], note: string): string {
  return [`old ${oldSize}`, ...proof.map((hash) => hash.toString("base64")), "", note].join("\n");
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "spoor-witness-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function started(at: string = folder()): Promise<WitnessServer> {
  const server = await startWitness({
    name: "w1.example",
    folder: at,
    logs: [logKey],
    now: () => now,
  });
  onTestFinished(() => server.close());
  return server;
}

async function ask(
  server: WitnessServer,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<readonly [number, string]> {
  const response = await fetch(`${server.url}/add-checkpoint`, { method: "POST", body });
  return [response.status, await response.text()];
}

async function statusOf(
  server: WitnessServer,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<number> {
  return (await ask(server, body))[0];
}

test("a checkpoint that follows is cosigned, with the time", async () => {
  const server = await started();
  expect(await statusOf(server, asking(0, [], signed(0, roots.empty)))).toBe(200);
  expect(await statusOf(server, asking(0, [], signed(1, roots.one)))).toBe(200);
  const note = signed(2, roots.both);
  const [status, line] = await ask(server, asking(1, [two], note));
  expect(status).toBe(200);
  const [, base64 = ""] = /^— w1\.example (\S+)\n$/.exec(line) ?? [];
  const bytes = Buffer.from(base64, "base64");
  const { keyId: witnessId, publicKey: witnessKey } = logKeyOf(server.vkey);
  expect(bytes.toString("hex", 0, 4)).toBe(witnessId);
  expect(bytes.readBigUInt64BE(4)).toBe(1_790_000_000n);
  const text = note.slice(0, note.indexOf("\n\n") + 1);
  const message = Buffer.from(`cosignature/v1\ntime 1790000000\n${text}`);
  expect(verify(null, message, witnessKey, bytes.subarray(12))).toBe(true);
});

test("what does not follow from the last one is refused, and changes nothing", async () => {
  const server = await started();
  expect(await statusOf(server, asking(0, [], signed(1, roots.one)))).toBe(200);
  for (const body of [
    asking(1, [], signed(2, roots.both)),
    asking(1, [another], signed(2, roots.both)),
    asking(1, [two, two], signed(2, roots.both)),
    asking(1, [two], signed(2, roots.forked)),
    asking(1, [], signed(1, another)),
  ])
    expect(await statusOf(server, body)).toBe(422);
  expect(await statusOf(server, asking(1, [], signed(1, roots.one)))).toBe(200);
  expect(await statusOf(server, asking(1, [two], signed(2, roots.both)))).toBe(200);
});

test("the empty tree has one root, and from it no proof is needed", async () => {
  const server = await started();
  expect(await statusOf(server, asking(0, [], signed(0, roots.one)))).toBe(422);
  expect(await statusOf(server, asking(0, [two], signed(1, roots.one)))).toBe(422);
});

test("whoever is not where the witness is, is told where that is", async () => {
  const server = await started();
  await ask(server, asking(0, [], signed(1, roots.one)));
  const response = await fetch(`${server.url}/add-checkpoint`, {
    method: "POST",
    body: asking(0, [], signed(2, roots.both)),
  });
  expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
    409,
    "text/x.tlog.size",
    "1\n",
  ]);
});

test("of two that race each other, one is cosigned", async () => {
  const server = await started();
  const bodies = [signed(1, roots.one), signed(2, roots.both)].map((note) => asking(0, [], note));
  const statuses = await Promise.all(bodies.map((body) => statusOf(server, body)));
  expect(new Set(statuses)).toEqual(new Set([200, 409]));
});

test("a log that is not known, and a signature that is not its, are told apart", async () => {
  const server = await started();
  const note = signed(1, roots.one);
  expect(await statusOf(server, asking(0, [], note.replace(origin, "example.com/other")))).toBe(
    404,
  );
  expect(await statusOf(server, asking(0, [], note.replace(`— ${origin}`, "— other")))).toBe(403);
  const stranger = generateKeyPairSync("ed25519").privateKey;
  expect(await statusOf(server, asking(0, [], signed(1, roots.one, stranger)))).toBe(403);
});

test("what is not spelt as it must be is refused", async () => {
  const server = await started();
  const note = signed(1, roots.one);
  const good = asking(0, [], note);
  for (const body of [
    "",
    note,
    good.replace("old 0", "old 00"),
    good.replace("old 0", "old -1"),
    good.replace("old 0", "size 0"),
    good.replace("\n1\n", "\n01\n"),
    good.slice(0, -1),
    `${good}more\n`,
    asking(2, [], note),
    asking(
      0,
      Array.from({ length: 64 }, () => two),
      note,
    ),
    asking(0, [two.subarray(1)], note),
    Buffer.concat([Buffer.from(good), Buffer.of(0xff)]),
  ])
    expect(await statusOf(server, body)).toBe(400);
  expect((await fetch(`${server.url}/add-checkpoint`)).status).toBe(400);
  expect((await fetch(server.url)).status).toBe(404);
  expect(await statusOf(server, good)).toBe(200);
});

test("a witness that starts again is the same one, and has forgotten nothing", async () => {
  const at = folder();
  const first = await started(at);
  await ask(first, asking(0, [], signed(1, roots.one)));
  await first.close();
  const second = await started(at);
  expect(second.vkey).toBe(first.vkey);
  expect(await ask(second, asking(0, [], signed(2, roots.both)))).toEqual([409, "1\n"]);
  expect(readdirSync(at).filter((name) => name.endsWith(".draft"))).toEqual([]);
});
