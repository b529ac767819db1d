import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FileSystem } from "../journal/disk/file-system.ts";
import { contentFile, hashedName, keysFolder, laneFolder } from "../journal/disk/layout.ts";
import { contentNameUnder } from "../recorder/subject-key.ts";
import type { Held } from "../vocabulary/event.ts";

/** Of whom nothing goes: sessions and users by their ids, told by what lies in the lanes of a folder. */
export interface Hold {
  /** Whether a session is held, or one in whose words `user` refers to a user who is. */
  session(lane: string, session: string, user: Held | undefined): boolean;
  /** Whether a segment has content of somebody who is. */
  segment(folder: string): boolean;
}

export function holdOf(ids: readonly string[], dir: string, files: FileSystem): Hold {
  const held = new Set(ids);
  const users = new Map<string, ReadonlySet<Held>>();
  const usersIn = (lane: string): ReadonlySet<Held> => {
    const known = users.get(lane) ?? referencesTo(ids, laneFolder(dir, Number(lane)), files);
    users.set(lane, known);
    return known;
  };
  return {
    session: (lane, session, user) =>
      held.has(session) || (user !== undefined && held.size > 0 && usersIn(lane).has(user)),
    segment: (folder) => ids.some((id) => existsSync(contentFile(folder, id))),
  };
}

/** How the entries of a lane refer to the ids of users. Who has no key in it has nothing in it. */
function referencesTo(ids: readonly string[], lane: string, files: FileSystem): ReadonlySet<Held> {
  return new Set(
    ids.flatMap((id) => {
      const key = join(keysFolder(lane), hashedName(id));
      return existsSync(key) ? [contentNameUnder(files.readWhole(key))(JSON.stringify(id))] : [];
    }),
  );
}
