import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../../vocabulary/json.ts";
import { beginning, type Position } from "../journal.ts";
import type { Erasure } from "../reduction.ts";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";
import { erasuresFolder } from "./layout.ts";
import { parseJson } from "./parse-json.ts";
import { replaceFile } from "./replace-file.ts";

/** An erasure that was asked for in a lane, and is not known to be done. */
export interface ErasureWish extends Erasure {
  readonly sessions: readonly string[];
  readonly path: string;
}

const form = /^([0-9a-f]{32})\.[0-9a-f-]+\.json$/;

/** Asks whoever writes the lane, or takes it next, to erase. Throws what the disk says, and has then asked nobody. */
export function leaveWish(
  lane: string,
  { subject, sessions, lookedTo, reason }: Erasure,
  files: FileSystem,
): string {
  const path = join(erasuresFolder(lane), `${subject}.${randomUUID()}.json`);
  const wish = { sessions: [...sessions], lookedTo, ...(reason === undefined ? {} : { reason }) };
  replaceFile(files, path, `${JSON.stringify(wish)}\n`);
  return path;
}

/** Costs a look at one name where nothing was ever wished for. True also where that cannot be seen. */
export function hasWishes(lane: string): boolean {
  const folder = erasuresFolder(lane);
  try {
    return existsSync(folder) && readdirSync(folder).some((name) => form.test(name));
  } catch {
    return true;
  }
}

/** Throws what the disk says. Each has a name of its own, so that whoever has carried one out removes no other. */
export function wishesIn(lane: string, files: FileSystem): readonly ErasureWish[] {
  const folder = erasuresFolder(lane);
  return namesIn(folder, files).flatMap((name) => {
    const [, subject] = form.exec(name) ?? [];
    if (subject === undefined) return [];
    const path = join(folder, name);
    const wish = parseJson(textOf(path, files));
    return [{ subject, path, ...askedFor(isRecord(wish) ? wish : {}) }];
  });
}

/** What does not say it is looked for from the beginning: the name tells already whose values are to go. */
function askedFor({
  sessions,
  lookedTo,
  reason,
}: Readonly<Record<string, unknown>>): Omit<ErasureWish, "subject" | "path"> {
  const named = Array.isArray(sessions) ? sessions : [];
  return {
    sessions: named.filter((session) => typeof session === "string"),
    lookedTo: positionIn(lookedTo) ?? beginning,
    ...(typeof reason === "string" ? { reason } : {}),
  };
}

function positionIn(value: unknown): Position | null {
  if (!isRecord(value)) return null;
  const { segment, offset } = value;
  return typeof segment === "number" && typeof offset === "number" ? { segment, offset } : null;
}

function namesIn(folder: string, files: FileSystem): readonly string[] {
  try {
    return files.list(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Empty where somebody carried it out meanwhile. */
function textOf(path: string, files: FileSystem): string {
  try {
    return files.readWhole(path).toString("utf8");
  } catch (error) {
    if (isMissing(error)) return "";
    throw error;
  }
}
