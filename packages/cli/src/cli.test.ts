import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createRecorder, diskJournal } from "@spoor/core";
import { expect, onTestFinished, test } from "vitest";
import { littleElse, recordingOf, temporaryFolder } from "./spoor.fixture.ts";

const entry = fileURLToPath(new URL("cli.ts", import.meta.url));

/** The command as a process of its own, on the sources. */
function start(
  cwd: string,
  ...args: readonly string[]
): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(process.execPath, ["--conditions=@spoor/source", entry, ...args], {
    cwd,
    env: littleElse,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("a process prints, and ends with the exit code of its command", async () => {
  const cwd = temporaryFolder();
  const imported = start(cwd, "import", "claude-code", recordingOf("a-simple"), "--json");
  const [report, [code]] = await Promise.all([text(imported.stdout), once(imported, "exit")]);
  expect(code).toBe(0);
  expect(JSON.parse(report)).toMatchObject({ lines: 3 });
  const refused = start(cwd, "show", "nobody");
  const [sentence, [refusal]] = await Promise.all([text(refused.stderr), once(refused, "exit")]);
  expect(refusal).toBe(2);
  expect(sentence).toContain("no session nobody");
});

test("a reader that has seen enough ends it quietly", async () => {
  const help = start(temporaryFolder(), "--help");
  help.stdout.destroy();
  const [complaint, [code]] = await Promise.all([text(help.stderr), once(help, "exit")]);
  expect({ code, complaint }).toEqual({ code: 0, complaint: "" });
});

test(
  "a disk that takes no more is told in one sentence",
  { skip: !existsSync("/dev/full") },
  async () => {
    const full = openSync("/dev/full", "w");
    const help = spawn(process.execPath, ["--conditions=@spoor/source", entry, "--help"], {
      env: littleElse,
      stdio: ["ignore", full, "pipe"],
    });
    const [complaint, [code]] = await Promise.all([
      text(help.stderr ?? Readable.from([])),
      once(help, "exit"),
    ]);
    closeSync(full);
    expect(code).toBe(2);
    expect(complaint).toMatch(/^spoor: the output cannot be written: [^\n]+\n$/);
  },
);

test("where nobody hears what goes wrong, the exit code tells it", async () => {
  const unheard = start(temporaryFolder(), "fly");
  unheard.stderr.destroy();
  const [code] = await once(unheard, "exit");
  expect(code).toBe(2);
});

test("tail ends on an interrupt, and that is no failure", async () => {
  const cwd = temporaryFolder();
  const journal = diskJournal({ dir: join(cwd, ".spoor") });
  const recorder = createRecorder({ journal, clock: Date.now });
  const tail = start(cwd, "tail", "--json");
  let turns = 0;
  const recording = setInterval(() => {
    turns += 1;
    const key = `t${turns}`;
    recorder.emit({ type: "turn.started", session: "s", source: "api", key, name: "turn" });
  }, 50);
  await once(tail.stdout, "data");
  clearInterval(recording);
  tail.kill("SIGINT");
  const [code] = await once(tail, "exit");
  await journal.close();
  expect(code).toBe(0);
});
