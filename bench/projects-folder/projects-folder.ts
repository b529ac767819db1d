import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeSession, type MadeSession } from "./session.ts";

const projects = 12;
const mostTurns = 14;
/** Of a session that will grow by and by, what it begins with. */
const turnsOf = (number: number): number => 1 + ((number * 7) % mostTurns);

/** Writes a folder as Claude Code has it under `projects`, of at least so many bytes. Says how many sessions there are. */
export function makeProjectsFolder(folder: string, bytes: number): number {
  let written = 0;
  let sessions = 0;
  while (written < bytes) {
    sessions += 1;
    written += write(folder, sessions, makeSession(sessions, turnsOf(sessions)));
  }
  return sessions;
}

/** Some sessions go on, by as many turns each. Says how many bytes are now in the files that have grown, or are new. */
export function growSessions(folder: string, numbers: readonly number[], turns: number): number {
  let bytes = 0;
  for (const number of numbers) {
    const before = makeSession(number, turnsOf(number));
    const after = makeSession(number, turnsOf(number) + turns);
    const rest = text(after.lines.slice(before.lines.length));
    appendFileSync(join(projectOf(folder, number), `${after.id}.jsonl`), rest);
    const known = new Set(before.agents.map(({ id }) => id));
    const agents = after.agents.filter(({ id }) => !known.has(id));
    bytes += text(after.lines).length + write(folder, number, { ...after, lines: [], agents });
  }
  return bytes;
}

const projectOf = (folder: string, number: number): string =>
  join(folder, `-home-ada-project-${number % projects}`);

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

function write(folder: string, number: number, { id, lines, agents }: MadeSession): number {
  const project = projectOf(folder, number);
  mkdirSync(project, { recursive: true });
  let written = 0;
  const put = (path: string, content: string): void => {
    appendFileSync(path, content);
    written += content.length;
  };
  put(join(project, `${id}.jsonl`), text(lines));
  const side = join(project, id, "subagents");
  if (agents.length > 0) mkdirSync(side, { recursive: true });
  for (const agent of agents) {
    put(join(side, `agent-${agent.id}.jsonl`), text(agent.lines));
    writeFileSync(join(side, `agent-${agent.id}.meta.json`), agent.metadata);
  }
  return written;
}
