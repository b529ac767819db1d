import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import { isRecord } from "../../vocabulary/json.ts";
import type { Wait, WaitRegister } from "../journal.ts";
import { isMissing } from "./journal-error.ts";
import { hashedName, namesIn, waitsFolder } from "./layout.ts";
import { parseJson } from "./parse-json.ts";

/**
 * The waits of all lanes, a file each. A wait is claimed by renaming its file, which only one process can do. Never throws: a wait that
 * cannot be left or read is a failure of the journal, and for the claimer there is none.
 */
export function diskWaits(dir: string, onFailure: (error: unknown) => void): WaitRegister {
  const folder = waitsFolder(dir);
  return {
    leave(wait) {
      try {
        mkdirSync(folder, { recursive: true });
        const draft = join(folder, `draft.${randomUUID()}`);
        writeFileSync(draft, JSON.stringify(wait), { mode: 0o600, flag: "wx" });
        renameSync(draft, join(folder, fileName(wait.session, wait.name)));
      } catch (error) {
        onFailure(error);
      }
    },
    claim(session, name) {
      try {
        return name === true
          ? claimLatest(folder, session)
          : claimFile(folder, fileName(session, name));
      } catch (error) {
        onFailure(error);
        return null;
      }
    },
  };
}

const fileName = (session: string, name: string): string =>
  `${hashedName(session)}.${hashedName(name)}`;

/** Null: another process was first, or it was never left. */
function claimFile(folder: string, name: string): Wait | null {
  const claimed = join(folder, `claimed.${randomUUID()}`);
  try {
    renameSync(join(folder, name), claimed);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    return readWait(claimed);
  } finally {
    rmSync(claimed, { force: true });
  }
}

/** Latest by the time it says, then by the time of its file. */
function claimLatest(folder: string, session: string): Wait | null {
  const prefix = `${hashedName(session)}.`;
  const latestFirst = namesIn(folder)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => leftIn(folder, name) ?? [])
    .toSorted((left, right) => right.leftAt - left.leftAt || Number(right.written - left.written));
  for (const { name } of latestFirst) {
    const wait = claimFile(folder, name);
    if (wait) return wait;
  }
  return null;
}

interface LeftWait {
  readonly name: string;
  readonly leftAt: number;
  readonly written: bigint;
}

function leftIn(folder: string, name: string): LeftWait | null {
  try {
    const path = join(folder, name);
    const { mtimeNs } = statSync(path, { bigint: true });
    const wait = readWait(path);
    return wait && { name, leftAt: wait.leftAt, written: mtimeNs };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Null: not a wait of this version. */
function readWait(path: string): Wait | null {
  const value = parseJson(readFileSync(path, "utf8"));
  if (!isRecord(value)) return null;
  const { session, name, turnSpanId, traceId, leftAt } = value;
  if (typeof session !== "string" || typeof name !== "string" || typeof leftAt !== "number")
    return null;
  if (typeof turnSpanId !== "string" || typeof traceId !== "string") return null;
  return { session, name, turnSpanId: turnSpanId as SpanId, traceId: traceId as TraceId, leftAt };
}
