import { Buffer } from "node:buffer";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TreeHead } from "../../packages/core/src/audit/merkle/tree-head.ts";
import { formatSigningKey, noteSigner } from "../../packages/core/src/audit/notes/signer.ts";
import { formatVerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import { forgeJournal, type Sealed } from "./forged-journal.ts";
import { askGo } from "./journal-evidence.ts";
import { readPublished } from "./published-log.ts";
import { recordTurns } from "./recorded-turns.ts";
import { type Omniwitness, startOmniwitness } from "./running-omniwitness.ts";
import { spoor, spoorJson } from "./spoor-command.ts";

const logKey = { name: "example.com/agents/0", seed: Buffer.alloc(32, "log") };
const witnessKey = { name: "witness.example/omni", seed: Buffer.alloc(32, "witness") };
const { key } = noteSigner(logKey);
const source = new URL("../../packages/core/src/audit/index.ts", import.meta.url);

let folder = "";
let cwd = "";
let omniwitness: Omniwitness;
let witnessVkey = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-cosigned-"));
  cwd = join(folder, "work");
  omniwitness = await startOmniwitness(witnessKey, [key]);
  const { url, key: witness } = omniwitness.witness;
  witnessVkey = formatVerifierKey(witness);
  const seal = join(cwd, ".spoor/lanes/0/seal");
  mkdirSync(seal, { recursive: true });
  writeFileSync(join(seal, "key"), formatSigningKey(logKey), { mode: 0o600 });
  writeFileSync(
    join(cwd, "spoor.config.ts"),
    `import { audit, parseVerifierKey } from "${source.href}";
const witness = { url: "${url}", key: parseVerifierKey("${witnessVkey}") };
export default { journal: audit({ name: "example.com/agents", witnesses: [witness] }) };
`,
  );
});

afterAll(async () => {
  await omniwitness.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bothKeys = ["--key", formatVerifierKey(key), "--witness"] as const;

test("omniwitness cosigns what spoor seal shows it, each time, and Go accepts the note with both signatures", async () => {
  const earlier: TreeHead[] = [];
  for (const last of [30, 150, 150, 200]) {
    await recordTurns(join(cwd, ".spoor"), (earlier.at(-1)?.size ?? 0) / 2, last);
    const { lanes } = await spoorJson<Sealed>(cwd, "seal", "--publish", "../published");
    expect(lanes).toMatchObject([{ unwitnessed: [] }]);
    const published = join(folder, "published/0");
    const log = readPublished(published, key);
    const evidence = { published, log, key, witness: witnessVkey, earlier };
    const { proof } = await spoorJson<{ readonly proof: string }>(
      cwd,
      "prove",
      newestId(log.entries),
    );
    const asked = mkdtempSync(join(folder, "asked-"));
    expect(askGo(asked, { ...evidence, proofs: [proof] })).toMatch(
      /^ok: .* 1 notes sound, 1 broken$/,
    );
    const verified = await spoor(cwd, "verify", ...bothKeys, witnessVkey, "--json");
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      lanes: [{ witnessed: [{ witness: witnessKey.name, size: log.checkpoint.size }] }],
    });
    earlier.push(log.checkpoint);
  }
});

const newestId = (entries: readonly Uint8Array[]): string =>
  String(JSON.parse(Buffer.from(entries.at(-1) ?? []).toString()).id);

test("a rewritten log, signed by its own key, gets no cosignature, and says so", async () => {
  const forged = join(folder, "forged");
  const { lanes } = await forgeJournal(cwd, forged);
  expect(lanes).toMatchObject([{ unwitnessed: [expect.stringContaining(witnessKey.name)] }]);
  expect(await spoor(forged, "verify", "--key", formatVerifierKey(key))).toMatchObject({ code: 0 });
  const { code, stdout } = await spoor(forged, "verify", ...bothKeys, witnessVkey, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: "WITNESS_MISSING" }] });
});
