import { execFile } from "node:child_process";
import { installed } from "../otel/servers/installed.ts";

/** A log as Tessera finds it: where it lies, and the file with its vkey. */
export interface LogPlace {
  readonly url: string;
  readonly keyFile: string;
}

/** A published log of ours, with its own key. */
export function publishedIn(folder: string): LogPlace {
  return { url: `file://${folder}/`, keyFile: `${folder}/log.vkey` };
}

/** Each wrong tile costs it a worker, and without workers it hangs. */
const workers = 16;

/** How many entries Tessera found whole; null: something is wrong. It ends with 0 in any case, so only its last words count. */
export function wholeEntries({ url, keyFile }: LogPlace): Promise<number | null> {
  const args = [`--storage_url=${url}`, `--public_key=${keyFile}`, "--ui=false", `-N=${workers}`];
  const options = { timeout: 60_000, killSignal: "SIGKILL" } as const;
  return new Promise((resolve) => {
    execFile(installed("fsck"), args, options, (_failed, _output, said) => {
      const [, size] = /Successfully fsck'd log with size (\d+)/.exec(said) ?? [];
      resolve(size === undefined ? null : Number(size));
    });
  });
}
