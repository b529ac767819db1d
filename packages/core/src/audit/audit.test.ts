import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createObserver } from "../observer/observer.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { audit } from "./audit.ts";
import { knownKey } from "./notes/keys.fixture.ts";
import { cosigner, noteSigner } from "./notes/signer.ts";
import { elsewhere, linesOf, mustBeSealed, recordEntries } from "./sealer/sealed-lanes.fixture.ts";

const signer = noteSigner(knownKey("elsewhere"));
const witness = {
  url: "https://witness.example/",
  key: cosigner(knownKey("witness.example"), () => 0).key,
};
const name = "example.com/agents";
const often = 2;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(often);
}

const sealedSize = (dir: string): number => {
  try {
    return mustBeSealed(dir).size;
  } catch {
    return 0;
  }
};

test("audit() is a journal that is safe on the disk and loses nothing to a bound", () => {
  expect(audit({ dir: "somewhere" })).toMatchObject({
    dir: "somewhere",
    acknowledge: "disk",
    maxBytes: null,
  });
  expect(audit()).not.toHaveProperty("dir");
});

test("what an observer records is sealed while it records, and at the end", async () => {
  const dir = temporaryFolder();
  const observer = createObserver({ journal: audit({ dir, name, everyMs: often }) });
  const session = observer.session({ id: "one" });
  session.turn({ name: "first" }, () => "done");
  await until(() => sealedSize(dir) === linesOf(dir).length);
  const before = linesOf(dir).length;
  session.turn({ name: "second" }, () => "done");
  await observer.close();
  expect(linesOf(dir).length).toBeGreaterThan(before);
  expect(mustBeSealed(dir)).toMatchObject({ size: linesOf(dir).length, origin: `${name}/0` });
});

test("what a process has left that is gone is sealed at the next start", async () => {
  const dir = temporaryFolder();
  const held = createObserver({ journal: { dir } });
  await recordEntries(dir, 3);
  await held.close();
  await recordEntries(dir, 5);
  const observer = createObserver({ journal: audit({ dir, everyMs: 60_000 }) });
  await until(() => sealedSize(dir) === 5);
  await observer.close();
});

test("a key that fails never reaches the agent: health tells of it, until it signs again", async () => {
  const dir = temporaryFolder();
  let fails = true;
  const key = {
    publicKey: signer.key.publicKey,
    sign: (text: Uint8Array): Uint8Array | Promise<Uint8Array> =>
      fails ? Promise.reject(new Error("the token was removed")) : signer.sign(text),
  };
  const observer = createObserver({ journal: audit({ dir, name, key, everyMs: often }) });
  observer.session({ id: "one" }).turn({ name: "first" }, () => "done");
  await until(() => observer.health().journal.failure !== null);
  expect(observer.health().journal).toMatchObject({
    lost: 0,
    failure: expect.objectContaining({ message: "the token was removed" }),
  });
  fails = false;
  await until(() => observer.health().journal.failure === null);
  await observer.close();
  expect(mustBeSealed(dir).size).toBe(linesOf(dir).length);
});

test.each([
  ["a name with a space", { name: "two words" }],
  ["an empty name", { name: "" }],
  ["a key without a name", { key: elsewhere(signer) }],
  [
    "a key that is none",
    { name, key: { publicKey: new Uint8Array(31), sign: elsewhere(signer).sign } },
  ],
  ["a witness without a scheme", { witnesses: [{ url: "witness.example", key: witness.key }] }],
  ["a witness that signs notes", { witnesses: [{ url: witness.url, key: signer.key }] }],
  ["a witness who is named twice", { witnesses: [witness, witness] }],
  ["a time that no timer waits", { everyMs: 2 ** 31 }],
  ["no time at all", { everyMs: Number.NaN }],
])("%s is refused where the config is written", (_, options) => {
  expect(() => audit(options)).toThrow();
});

test("witnesses that can be asked are accepted", () => {
  expect(audit({ witnesses: [witness] })).toHaveProperty("seal");
});

test("a config may hold what audit() gives, and nothing that only looks like it", () => {
  const { seal } = audit();
  for (const wrong of [{}, { attach: seal.attach }, { ...seal, key: 1 }, "yes", () => {}])
    expect(() => createObserver({ journal: { seal: wrong as typeof seal } })).toThrow(
      /`journal\.seal/,
    );
});
