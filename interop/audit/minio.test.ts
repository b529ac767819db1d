import { Buffer } from "node:buffer";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePorts } from "../otel/servers/free-ports.ts";
import { installed } from "../otel/servers/installed.ts";
import { type ServerProcess, startServer } from "../otel/servers/server-process.ts";
import { forgeJournal } from "./forged-journal.ts";
import { type Answer, LockedBucket } from "./object-store/locked-bucket.ts";
import { recordTurns } from "./recorded-turns.ts";
import { spoor, spoorJson } from "./spoor-command.ts";

const until = new Date(Date.now() + 3_600_000);
const sooner = new Date(Date.now() + 60_000);
const later = new Date(Date.now() + 7_200_000);
/** MinIO says 400 and that it is locked, Amazon 403. A request that is refused for its form is no refusal. */
const refused = /WORM protected|AccessDenied/;

let folder = "";
let server: ServerProcess | null = null;
let bucket: LockedBucket;
/** Every object that was put there, and the version that the store made of it. */
const kept: { readonly name: string; readonly version: string; readonly body: Buffer }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-minio-"));
  const [port = 0] = await freePorts(1);
  const account = { url: `http://127.0.0.1:${port}`, user: "spoor", password: "spoor-secret" };
  mkdirSync(join(folder, "objects"));
  server = await startServer({
    command: installed("minio"),
    args: ["server", "--quiet", "--address", `127.0.0.1:${port}`, "objects"],
    environment: {
      MINIO_ROOT_USER: account.user,
      MINIO_ROOT_PASSWORD: account.password,
      MINIO_BROWSER: "off",
      MINIO_UPDATE: "off",
    },
    folder,
    ready: `${account.url}/minio/health/ready`,
    patienceMs: 60_000,
  });
  bucket = new LockedBucket(account, "logs");
  expect(await bucket.make()).toMatchObject({ status: 200 });
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const work = (): string => join(folder, "work");

/** A law about all that was kept, where something was. */
async function eachKept(holds: (one: (typeof kept)[number]) => Promise<void>): Promise<void> {
  expect(kept.length).toBeGreaterThan(8);
  for (const one of kept) await holds(one);
}

const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status;

async function refusalOf(answer: Promise<Answer>): Promise<string> {
  const { status, body } = await answer;
  return status >= 400 ? body.toString() : `${status}, so it was not refused`;
}

/** Puts there what was published and is not there yet; the checkpoint last, and each time as a new version. */
async function putPublished(): Promise<void> {
  const top = join(folder, "published/0");
  const names = readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))
    .filter((name) => name !== "checkpoint" && !kept.some((one) => one.name === name));
  for (const name of [...names, "checkpoint"]) {
    const body = readFileSync(join(top, name));
    const once = name !== "checkpoint";
    const { status, version } = await bucket.put(name, body, { lock: { until }, once });
    expect(status).toBe(200);
    kept.push({ name, version, body });
  }
}

test("a published log is put there, object by object, and its checkpoint as a new version each time", async () => {
  mkdirSync(work());
  for (const [first, last] of [
    [0, 40],
    [40, 200],
  ] as const) {
    await recordTurns(join(work(), ".spoor"), first, last);
    await spoorJson(work(), "seal", "--publish", "../published");
    await putPublished();
  }
  const checkpoints = kept.filter(({ name }) => name === "checkpoint");
  expect(new Set(checkpoints.map(({ version }) => version)).size).toBe(2);
  expect(kept.map(({ name }) => name)).toContain("tile/entries/000");
});

test("no object can be written over, deleted or kept for shorter, only for longer", async () => {
  await eachKept(async ({ name, version, body }) => {
    expect(await statusOf(bucket.put(name, Buffer.from("another"), { once: true }))).toBe(412);
    expect(await refusalOf(bucket.delete(name, version))).toMatch(refused);
    const bypassing = { "x-amz-bypass-governance-retention": "true" };
    expect(await refusalOf(bucket.delete(name, version, bypassing))).toMatch(refused);
    expect(await refusalOf(bucket.relock(name, version, { until: sooner }))).toMatch(refused);
    const weaker = { until, mode: "GOVERNANCE" } as const;
    expect(await refusalOf(bucket.relock(name, version, weaker))).toMatch(refused);
    expect(await statusOf(bucket.relock(name, version, { until: later }))).toBe(200);
    expect(await bucket.get(name, version)).toMatchObject({ status: 200, body });
  });
});

test("what is put or deleted without a version lies on top of what was kept, and takes nothing away", async () => {
  await eachKept(async ({ name, version, body }) => {
    expect(await bucket.put(name, Buffer.from("another"))).toMatchObject({ status: 200 });
    expect((await bucket.get(name)).body.toString()).toBe("another");
    expect(await statusOf(bucket.delete(name))).toBe(204);
    expect(await statusOf(bucket.get(name))).toBe(404);
    expect(await bucket.get(name, version)).toMatchObject({ status: 200, body });
  });
});

test("it is the lock that holds them: a version without one can be deleted", async () => {
  const { version } = await bucket.put("unlocked", Buffer.from("for a moment"));
  expect(await statusOf(bucket.delete("unlocked", version))).toBe(204);
  expect(await statusOf(bucket.get("unlocked", version))).toBe(404);
});

test("a log that its own key has signed anew is found with a checkpoint that was kept there", async () => {
  const checkpoints = kept.filter(({ name }) => name === "checkpoint");
  const read = await Promise.all(
    checkpoints.map(({ version }) => bucket.get("checkpoint", version)),
  );
  const files = read.map(({ body }, place) => {
    const file = join(folder, `checkpoint-${place}`);
    writeFileSync(file, body);
    return file;
  });
  for (const file of files)
    expect(await spoor(work(), "verify", "--against", file)).toMatchObject({ code: 0 });

  const forged = join(folder, "forged");
  await forgeJournal(work(), forged);
  expect(await spoor(forged, "verify")).toMatchObject({ code: 0 });
  for (const file of files) {
    const { code, stdout } = await spoor(forged, "verify", "--against", file, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: "OUTSIDE_DIFFERS" }] });
  }
});
