import { dirname } from "node:path";

/** The files of one conversation: its own first, then those of its subagents, which lie in the folder that is called like it. */
export type SessionFiles = readonly [string, ...string[]];

const transcript = /\.jsonl$/;

/**
 * Which of some files belong together, by where they lie: what lies below `<session>/` belongs to `<session>.jsonl` beside it. A file whose
 * conversation is not among them, and any other file, stands alone. The order of the paths does not matter.
 */
export function sessionFiles(paths: Iterable<string>): readonly SessionFiles[] {
  const sorted = [...new Set(paths)].toSorted();
  const sessions = new Map<string, [string, ...string[]]>();
  const owners = new Set(sorted);
  for (const path of sorted) if (ownerOf(path, owners) === null) sessions.set(path, [path]);
  for (const path of sorted) {
    const owner = ownerOf(path, owners);
    if (owner !== null) sessions.get(owner)?.push(path);
  }
  return [...sessions.values()];
}

/** The outermost: a subagent's own subagents lie in folders, too. */
function ownerOf(path: string, owners: ReadonlySet<string>): string | null {
  if (!transcript.test(path)) return null;
  let owner: string | null = null;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if (owners.has(`${folder}.jsonl`)) owner = `${folder}.jsonl`;
  return owner;
}
