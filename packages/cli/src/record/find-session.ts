import { BadInput } from "../bad-input.ts";

const mostNamed = 3;

/** The session that is meant: by its id, by the beginning of it, or `latest`. `sessions`: when each was last active. */
export function findSession(asked: string, sessions: ReadonlyMap<string, number>): string {
  if (sessions.has(asked)) return asked;
  const [latest] = [...sessions].toSorted(
    ([leftId, left], [rightId, right]) => right - left || (leftId < rightId ? -1 : 1),
  );
  if (asked === "latest" && latest) return latest[0];
  if (!latest) throw new BadInput("there is no session in this journal yet");
  const found = [...sessions.keys()].filter((id) => id.startsWith(asked)).toSorted();
  const [only, ...others] = found;
  if (only === undefined)
    throw new BadInput(`no session ${asked} in this journal: spoor sessions lists what there is`);
  if (others.length === 0) return only;
  const named = found.slice(0, mostNamed).join(", ");
  const rest = found.length > mostNamed ? ", …" : "";
  throw new BadInput(
    `${found.length} sessions begin with ${asked} (${named}${rest}): give more of the id`,
  );
}
