import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { knownKey } from "../audit/notes/keys.fixture.ts";
import { cosigner } from "../audit/notes/signer.ts";
import { formatVerifierKey } from "../audit/notes/verifier-key.ts";
import { mustBeSealed, recordEntries } from "../audit/sealer/sealed-lanes.fixture.ts";
import { createObserver } from "../observer/observer.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { Config } from "./config.ts";
import { configFromJson } from "./config-from-json.ts";
import { loadConfig } from "./load-config.ts";

const name = "spoor.config.json";
const witness = formatVerifierKey(cosigner(knownKey("witness.example"), () => 0).key);

function read(journal: unknown): Promise<Config> {
  return configFromJson(JSON.stringify({ journal }), name, { environment: {}, folder: "." });
}

test("a config without code can say that the journal is sealed, and under which name", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "record"));
  const journal = { dir: "record", seal: { name: "example.com/agents", everyMs: 60_000 } };
  writeFileSync(join(cwd, name), JSON.stringify({ journal }));
  const observer = createObserver(await loadConfig({ dir: cwd, environment: {} }));
  observer.session({ id: "one" }).turn({ name: "turn" }, () => "done");
  await observer.close();
  expect(mustBeSealed(join(cwd, "record"))).toMatchObject({
    size: 3,
    origin: "example.com/agents/0",
  });
});

test.each([true, {}, { witnesses: [{ url: "https://witness.example/", key: witness }] }])(
  "a journal that is sealed (%j) is safe on the disk and unbounded, where the file does not say otherwise",
  async (seal) => {
    expect((await read({ seal })).journal).toMatchObject({
      acknowledge: "disk",
      maxBytes: null,
      seal: { sealAll: expect.any(Function) },
    });
    expect((await read({ seal, acknowledge: "process", maxBytes: 5 })).journal).toMatchObject({
      acknowledge: "process",
      maxBytes: 5,
    });
  },
);

test("a file can say as well that it is not sealed", async () => {
  expect((await read({ seal: false, maxBytes: 5 })).journal).toEqual({ maxBytes: 5 });
});

test("a sealed journal of a file seals each lane of a folder", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  const { journal } = await read({ seal: { name: "example.com/agents" } });
  const seal = typeof journal === "object" ? journal.seal : undefined;
  expect(await seal?.sealAll(dir)).toMatchObject([{ kind: "sealed", size: 3 }]);
});

test.each([
  ["yes", "`journal.seal`: expected true or false"],
  [{ names: "x" }, "unknown key `names` in `journal.seal`"],
  [{ name: "two words" }, "`journal.seal`: a name of a log has no spaces"],
  [{ everyMs: 0 }, "`journal.seal.everyMs`: expected a number from 1"],
  [{ key: "secret" }, "unknown key `key` in `journal.seal`"],
  [{ witnesses: [{ url: "https://witness.example/" }] }, "`journal.seal.witnesses[0].key`"],
  [{ witnesses: [{ url: "https://witness.example/", key: "none" }] }, "expected a key as <name>"],
  [{ witnesses: [{ url: "witness.example", key: witness }] }, "is no address of a witness"],
])("%j is refused in one sentence", async (seal, sentence) => {
  await expect(read({ seal })).rejects.toMatchObject({
    code: "INVALID",
    message: expect.stringContaining(sentence),
  });
});
