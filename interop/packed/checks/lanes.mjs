import { spawn } from "node:child_process";
import { deepStrictEqual, strictEqual } from "node:assert";
import { once } from "node:events";
import { appendFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { inProject, project, run, spoor } from "./project.mjs";

const command = "node_modules/@spoor/cli/bin/spoor.mjs";
const here = { path: process.execPath, given: [], trusted: [] };

/** What this runtime had recorded when it was killed is there, and Node goes on in its lane. */
export async function killed(runtime) {
  const dir = await halfWritten(runtime, runtime.given);
  run(here.path, ["follows.mts", dir]);
  mustBeWhole(dir);
}

/** The same the other way round. To see that a process is gone, Deno needs every permission. */
export async function followed(runtime) {
  const dir = await halfWritten(here, here.given);
  run(runtime.path, [...runtime.trusted, "follows.mts", dir]);
  mustBeWhole(dir);
}

/** The command seals here what Node verifies, and verifies what Node sealed. */
export function sealed({ path, given, trusted }) {
  const dir = emptyFolder();
  run(path, [...given, "follows.mts", dir]);
  run(path, [...trusted, command, "seal", "--dir", dir]);
  spoor("verify", dir);
  run(here.path, ["follows.mts", dir]);
  spoor("seal", "--dir", dir);
  run(path, [...trusted, command, "verify", dir]);
}

/** A journal whose only writer was killed in the middle of a turn, and of a line. */
async function halfWritten({ path }, given) {
  const dir = emptyFolder();
  const writer = spawn(path, [...given, "stays.mts", dir], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(writer, "exit");
  const said = await Promise.race([once(writer.stdout, "data"), ended]);
  writer.kill("SIGKILL");
  await ended;
  strictEqual(String(said[0]), "recorded\n");
  appendFileSync(join(dir, "lanes/0/segments/0001/entries.ndjson"), '{"type":"turn.st');
  return dir;
}

function mustBeWhole(dir) {
  const sessions = JSON.parse(spoor("sessions", "--json", "--dir", dir));
  const statuses = Object.fromEntries(sessions.map(({ id, status }) => [id, status]));
  deepStrictEqual(statuses, { killed: "open", next: "ok" });
  deepStrictEqual(readdirSync(join(dir, "lanes")), ["0"]);
  spoor("seal", "--dir", dir);
  spoor("verify", dir);
}

function emptyFolder() {
  const dir = inProject("lanes.spoor");
  rmSync(dir, { recursive: true, force: true });
  return dir;
}
