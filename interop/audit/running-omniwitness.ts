import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  cosigner,
  formatSigningKey,
  type SigningKey,
} from "../../packages/core/src/audit/notes/signer.ts";
import {
  formatVerifierKey,
  type VerifierKey,
} from "../../packages/core/src/audit/notes/verifier-key.ts";
import type { Witness } from "../../packages/core/src/audit/witness/add-checkpoint.ts";
import { freePorts } from "../otel/servers/free-ports.ts";
import { installed } from "../otel/servers/installed.ts";
import { startServer } from "../otel/servers/server-process.ts";

/** transparency.dev's witness, running. */
export interface Omniwitness {
  readonly witness: Witness;
  stop(): Promise<void>;
}

/** With a key of its own, for logs that it is told of: others mean nothing to it. */
export async function startOmniwitness(
  signingKey: SigningKey,
  logs: readonly VerifierKey[],
): Promise<Omniwitness> {
  const folder = mkdtempSync(join(tmpdir(), "spoor-interop-witness-"));
  const [port = 0, metrics = 0] = await freePorts(2);
  const known = logs.map(
    (key) =>
      `  - { Origin: ${key.name}, URL: "http://127.0.0.1:1/", PublicKey: "${formatVerifierKey(key)}", Feeder: none }\n`,
  );
  writeFileSync(join(folder, "logs.yaml"), `Logs:\n${known.join("")}`);
  writeFileSync(join(folder, "key"), formatSigningKey(signingKey), { mode: 0o600 });
  const server = await startServer({
    command: installed("omniwitness"),
    args: [
      `--listen=127.0.0.1:${port}`,
      `--metrics_listen=127.0.0.1:${metrics}`,
      "--private_key_path=key",
      "--additional_logs=logs.yaml",
      "--db_file=witness.db",
      "--logtostderr",
    ],
    folder,
    ready: `http://127.0.0.1:${metrics}/metrics`,
    patienceMs: 60_000,
  });
  return {
    witness: { url: `http://127.0.0.1:${port}`, key: cosigner(signingKey, Date.now).key },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
