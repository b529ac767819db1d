import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentReader, type Journal, journalReader, memoryJournal } from "@spoor/core";
import { expect, test } from "vitest";
import { noon, recordingOf, temporaryFolder } from "../spoor.fixture.ts";
import { claudeCodeRecordings } from "./claude-code.ts";
import type { Framework } from "./framework.ts";
import { type Imported, importFiles } from "./import-files.ts";
import { ImportState } from "./import-state.ts";
import { planOf } from "./plan.ts";
import { hiddenBar } from "./progress-bar.ts";
import { withRecentContent } from "./recent-content.ts";

const files = ["b-tool-loop", "n-resume", "a-simple"].map(recordingOf);

/** Loses every entry after so many. */
function failingJournal(after: number): Journal {
  const journal = withRecentContent(
    memoryJournal(),
    contentReader(memoryJournal().reader()),
  ).journal;
  let left = after;
  const lost = (): number => Math.max(0, -left);
  return {
    ...journal,
    get tail() {
      return journal.tail;
    },
    get end() {
      return journal.end;
    },
    append: (entry, tail) => ((left -= 1) < 0 ? null : journal.append(entry, tail)),
    health: () => ({ ...journal.health(), lost: lost() }),
  };
}

interface Run extends Imported {
  /** What the next import would still have to read. */
  readonly left: readonly string[];
  readonly saved: boolean;
}

async function run(journal: Journal, framework: Framework = claudeCodeRecordings): Promise<Run> {
  const folder = temporaryFolder();
  const open = (): ImportState =>
    new ImportState(folder, framework.name, "1.0.0", journalReader(folder));
  const state = open();
  const groups = framework.groups(files);
  const io = {
    stdout: { write: () => {} },
    stderr: { write: () => {} },
    env: {},
    cwd: folder,
    now: () => noon,
    pause: () => Promise.resolve(),
    interruption: () => new AbortController().signal,
  };
  const imported = await importFiles(
    {
      framework,
      plan: planOf(groups, framework, state),
      recent: withRecentContent(journal, contentReader(journal.reader())),
      state,
      redact: "off",
      tracePer: "turn",
      session: undefined,
      bar: hiddenBar,
      changed: () => {},
    },
    io,
  );
  return {
    ...imported,
    left: planOf(groups, framework, state).groups.flat(),
    saved: existsSync(join(folder, "imports", "claude-code.json")),
  };
}

test("what was imported is remembered when it is written", async () => {
  expect(await run(memoryJournal())).toMatchObject({ left: [], saved: true, broken: [] });
});

test("nothing is remembered as imported where a write was lost", async () => {
  expect(await run(failingJournal(10))).toMatchObject({ saved: false });
});

test("a file whose lines cannot be read to their end is named, costs nobody the others, and is read again", async () => {
  const [, broken = ""] = files;
  const framework: Framework = {
    ...claudeCodeRecordings,
    reader(path, about) {
      const reader = claudeCodeRecordings.reader(path, about);
      let lines = 0;
      const read = (line: string): ReturnType<typeof reader.read> => {
        lines += 1;
        if (path === broken && lines === 3) throw new Error("a line that nobody foresaw");
        return reader.read(line);
      };
      return { ...reader, read };
    },
  };
  const { files: whole, ...outcome } = await run(memoryJournal(), framework);
  expect(outcome).toMatchObject({
    broken: [{ path: broken, reason: "a line that nobody foresaw" }],
    left: [broken],
    stopped: false,
  });
  expect(whole.size).toBe(2);
});

test("a fact that cannot be recorded keeps its file from being remembered", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "a.ndjson");
  writeFileSync(file, `{"type":"result","session_id":"${"s".repeat(5_000)}"}\n`);
  const framework = { ...claudeCodeRecordings, groups: () => [[file]] as const };
  const { left, recorder } = await run(memoryJournal(), framework);
  expect(recorder.refused).toBeGreaterThan(0);
  expect(left).toEqual([file]);
});
