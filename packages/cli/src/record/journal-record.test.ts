import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { recordingOf, runIn, temporaryFolder } from "../spoor.fixture.ts";

const commands = (session: string, span: string): readonly (readonly string[])[] => [
  ["show", session, "--json"],
  ["show", session, "--context", "last"],
  ["show", "latest"],
  ["show", "nobody"],
  ["why", span],
  ["why", span, "--session", session],
  ["why", span.slice(0, 6)],
  ["why", "0000000000000000"],
  ["export", session, "--to", "ndjson"],
  ["export", "latest", "--to", "ndjson", "--content", "none"],
  ["cost", session],
];

async function journalOf(): Promise<string> {
  const cwd = temporaryFolder();
  const recordings = ["b-tool-loop", "n-resume", "e2-subagents-parallel"].map(recordingOf);
  await runIn(cwd, ["import", "claude-code", ...recordings]);
  return cwd;
}

async function answersIn(cwd: string): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  const { session, spanId } = await agentCallIn(cwd);
  for (const command of commands(session, spanId)) answers.push(await runIn(cwd, command));
  return answers;
}

/** One that is in every copy of the journal; what finds it is removed again. */
async function agentCallIn(
  cwd: string,
): Promise<{ readonly session: string; readonly spanId: string }> {
  const had = existsSync(indexIn(cwd));
  const { stdout } = await runIn(cwd, ["find", "--tool", "Agent", "--limit", "1", "--json"]);
  if (!had) rmSync(indexIn(cwd));
  return JSON.parse(stdout).hits[0];
}

const indexIn = (cwd: string): string => join(cwd, ".spoor", "index.sqlite");

test("with the index the answers are the same as without, and a small journal gets none", async () => {
  const cwd = await journalOf();
  const without = await answersIn(cwd);
  expect(existsSync(indexIn(cwd))).toBe(false);
  await runIn(cwd, ["find"]);
  expect(await answersIn(cwd)).toEqual(without);
}, 60_000);

test("where no index can be kept, or it is damaged, all is read, and nothing is said about it", async () => {
  const cwd = await journalOf();
  const without = await runIn(cwd, ["show", "latest"]);
  mkdirSync(indexIn(cwd));
  expect(await runIn(cwd, ["show", "latest"])).toEqual(without);
  rmSync(indexIn(cwd), { recursive: true });
  await runIn(cwd, ["find"]);
  const database = new DatabaseSync(indexIn(cwd));
  database.exec("ALTER TABLE session RENAME COLUMN last TO latest");
  database.close();
  expect(await runIn(cwd, ["show", "latest"])).toEqual(without);
});
