import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

export interface Sandbox extends Disposable {
  /** What the agent works on: a file `notes.txt` in it. */
  readonly workspace: string;
  /** A home, a config folder and a key of nobody's, and no way out of this machine. */
  environment(apiUrl: string): Readonly<Record<string, string>>;
}

/** Folders in which an agent can be let loose. Gone when disposed of. */
export function sandbox(): Sandbox {
  const root = mkdtempSync(join(tmpdir(), "spoor-live-"));
  const [home, config, workspace] = ["home", "config", "workspace"].map((name) => join(root, name));
  for (const folder of [home, config, workspace]) mkdirSync(folder ?? root);
  writeFileSync(join(workspace ?? root, "notes.txt"), "alpha\nbeta\ngamma\n");
  return {
    workspace: workspace ?? root,
    environment: (apiUrl) => ({
      PATH: process.env["PATH"] ?? "",
      HOME: home ?? root,
      CLAUDE_CONFIG_DIR: config ?? root,
      ANTHROPIC_API_KEY: "test-key-not-real",
      ANTHROPIC_BASE_URL: apiUrl,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      DISABLE_AUTOUPDATER: "1",
      DISABLE_TELEMETRY: "1",
      DISABLE_ERROR_REPORTING: "1",
      IS_SANDBOX: "1",
    }),
    [Symbol.dispose]() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
