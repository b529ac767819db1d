import { join } from "node:path";
import { createRecorder, diskJournal } from "@spoor/core";
import { expect, test } from "vitest";
import { noon, type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

/** Tails while somebody else records: nothing in the first look, a turn before the second, its end before the third. */
async function tailed(...args: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  const journal = diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon });
  const recorder = createRecorder({ journal, clock: () => noon });
  const said = { session: "s", source: "api" } as const;
  recorder.emit({ ...said, type: "turn.started", key: "before", name: "before" });
  const interruption = new AbortController();
  const meanwhile = [
    (): unknown => recorder.emit({ ...said, type: "turn.started", key: "t", name: "ask" }),
    (): unknown =>
      recorder.emit({ ...said, type: "turn.ended", key: "t", outcome: { status: "ok" } }),
    (): void => {
      interruption.abort();
    },
  ];
  const ran = await runIn(cwd, ["tail", ...args], {
    interruption: () => interruption.signal,
    pause: async () => {
      meanwhile.shift()?.();
    },
  });
  await journal.close();
  return ran;
}

test("tail prints what is recorded from now on, each event once, until it is interrupted", async () => {
  const { code, stdout } = await tailed();
  expect(code).toBe(0);
  expect(stdout).not.toContain("before");
  expect(stdout.match(/turn {2}ask/g)).toHaveLength(2);
});

test("tail --json prints the entries as they stand in the journal", async () => {
  const { stdout } = await tailed("--json");
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { type: "turn.started", sequence: 1 },
    { type: "turn.ended", sequence: 2 },
  ]);
});

test("tail waits for a journal that is not there yet", async () => {
  expect(await runIn(temporaryFolder(), ["tail"])).toEqual({ code: 0, stdout: "", stderr: "" });
});
