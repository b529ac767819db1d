import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { PlainLine } from "../history.ts";

/** How people find something in a log of their own: line by line, all of it, each time. Events are in the order in which they are found. */
export interface Scan {
  timeline(session: string): Promise<readonly PlainLine[]>;
  /** What was begun last in the sessions of a user. */
  newestOf(user: string, limit: number): Promise<readonly PlainLine[]>;
  callsOf(tool: string, since: number, until: number): Promise<readonly PlainLine[]>;
  /** Only lines in which it stands are parsed. */
  saying(text: string): Promise<readonly PlainLine[]>;
}

export function scanOf(path: string): Scan {
  return {
    timeline: (session) => found(path, (event) => event.session === session),
    async newestOf(user, limit) {
      const sessions = new Set<string>();
      const events = await found(path, (event) => {
        if (event.type === "session.started" && event.userId === user) sessions.add(event.session);
        return (
          event.type.endsWith(".started") &&
          event.type !== "session.started" &&
          sessions.has(event.session)
        );
      });
      return events.toSorted((left, right) => right.at.ms - left.at.ms).slice(0, limit);
    },
    callsOf: (tool, since, until) =>
      found(
        path,
        (event) =>
          event.type === "tool.started" &&
          event.name === tool &&
          event.at.ms >= since &&
          event.at.ms < until,
      ),
    async saying(text) {
      const events: PlainLine[] = [];
      for await (const line of linesOf(path))
        if (line.includes(text)) events.push(JSON.parse(line));
      return events;
    },
  };
}

async function found(
  path: string,
  isWanted: (event: PlainLine) => boolean,
): Promise<readonly PlainLine[]> {
  const events: PlainLine[] = [];
  for await (const line of linesOf(path)) {
    const event: PlainLine = JSON.parse(line);
    if (isWanted(event)) events.push(event);
  }
  return events;
}

const linesOf = (path: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(path), crlfDelay: Infinity });
