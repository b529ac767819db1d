import type { Answer } from "../backend/answer.ts";
import { backend } from "../backend/backend.ts";
import { isConsistent } from "./consistency.ts";
import { type Cosigner, cosignerIn, isSignedBy, type LogKey, logKeyOf } from "./keys.ts";
import { type Memory, memoryIn } from "./memory.ts";
import { parseSubmission, type Submission } from "./submission.ts";

export interface WitnessOptions {
  readonly name: string;
  /** Exists. Holds the witness's key and what it has seen: who starts there again is the same witness. */
  readonly folder: string;
  /** The vkeys of the logs that it cosigns. */
  readonly logs: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** A witness on this machine, for as long as it is not closed. */
export interface WitnessServer extends AsyncDisposable {
  /** The submission prefix. */
  readonly url: string;
  /** Of type cosignature/v1. */
  readonly vkey: string;
  close(): Promise<void>;
}

/**
 * A witness as C2SP's tlog-witness describes it, strict in all that a log could get wrong: it looks at every byte, compares with what it saw
 * last, and has the new size on disk before it answers. It shares no code with what it is there to test.
 */
export async function startWitness(options: WitnessOptions): Promise<WitnessServer> {
  const { name, folder, logs, now = Date.now } = options;
  const cosigner = cosignerIn(folder, name);
  const desk = { cosigner, memory: memoryIn(folder), logs: logs.map(logKeyOf), now };
  const server = await backend(({ method, path, body, complete }) => {
    if (path !== "/add-checkpoint") return refused(404, "there is nothing here");
    if (method !== "POST" || !complete) return refused(400, "expected a whole POST request");
    const submission = parseSubmission(body.toString());
    if (!submission || !Buffer.from(body.toString()).equals(body))
      return refused(400, "expected an old size, a proof, an empty line and a checkpoint");
    return answerTo(submission, desk);
  });
  const close = (): Promise<void> => server.close();
  return { url: server.url, vkey: cosigner.vkey, close, [Symbol.asyncDispose]: close };
}

interface Desk {
  readonly cosigner: Cosigner;
  readonly memory: Memory;
  readonly logs: readonly LogKey[];
  readonly now: () => number;
}

/** Without a pause, so that no other submission comes between looking and remembering. */
function answerTo(submission: Submission, { cosigner, memory, logs, now }: Desk): Answer {
  const { origin, oldSize, size, root, text } = submission;
  const keys = logs.filter((log) => log.origin === origin);
  if (keys.length === 0) return refused(404, "this log is not known here");
  if (!isSignedBy(keys, submission)) return refused(403, "no known key of the log has signed this");
  if (oldSize > size) return refused(400, "the old size is greater than the checkpoint's");
  const last = memory.lastOf(origin);
  if (oldSize !== last.size) return conflict(last.size);
  const newer = { size, root };
  if (!isConsistent(last, newer, submission.proof))
    return refused(422, "the checkpoint does not follow from the last one");
  if (!memory.replace(origin, last, newer)) return conflict(memory.lastOf(origin).size);
  return { status: 200, body: cosigner.cosign(text, Math.floor(now() / 1_000)) };
}

function refused(status: number, body: string): Answer {
  return { status, headers: { "content-type": "text/plain" }, body: `${body}\n` };
}

function conflict(size: bigint): Answer {
  return { status: 409, headers: { "content-type": "text/x.tlog.size" }, body: `${size}\n` };
}
