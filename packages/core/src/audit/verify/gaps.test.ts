import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { ownIdentity } from "../../journal/disk/process-identity.ts";
import { createRecorder } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import * as evidence from "./evidence.fixture.ts";
import { verifyJournal } from "./verify-journal.ts";

describe("where a record may be less than what happened, it says so", () => {
  test("a clock that jumped", async () => {
    const dir = temporaryFolder();
    const clocks = { wall: 1_000_000, steady: 0 };
    const journal = diskJournal({ dir, clock: () => clocks.wall });
    const options = { journal, clock: () => clocks.wall, steady: () => clocks.steady };
    const recorder = createRecorder(options);
    recorder.emit(say.turn("turn"));
    clocks.wall -= 3_600_000;
    recorder.emit(say.ended("turn", "turn"));
    await journal.close();
    await evidence.sealAgain(dir);
    const verification = verifyJournal(dir);
    expect(verification.findings).toEqual([]);
    expect(evidence.saidIn(verification)).toEqual(["CLOCK_JUMPED"]);
    expect(verification.lanes).toMatchObject([{ clockJumps: 1, entries: 3 }]);
  });

  test("a writer that ended without freeing its lane, and the turns that it left open", async () => {
    const dir = temporaryFolder();
    await evidence.recordIn(dir, [say.turn("turn")]);
    await evidence.sealAgain(dir);
    expect(evidence.saidIn(verifyJournal(dir))).toEqual(["TURNS_OPEN"]);
    const gone = { ...ownIdentity(), boot: "before the last one", pid: 4321, takenAt: 5_000 };
    writeFileSync(join(dir, "lanes/0/lock.7"), JSON.stringify(gone));
    const { findings, said, lanes } = verifyJournal(dir);
    expect(findings).toEqual([]);
    expect(said).toMatchObject([
      {
        code: "WRITER_VANISHED",
        message: expect.stringContaining("process 4321 since 1970-01-01T00:00:05.000Z, ended"),
      },
      { code: "TURNS_OPEN" },
    ]);
    expect(lanes).toMatchObject([{ vanished: { pid: 4321, takenAt: 5_000 }, openTurns: 1 }]);
    await evidence.recordIn(dir, [say.ended("turn", "turn")]);
    expect(evidence.saidIn(verifyJournal(dir))).toEqual(["ENTRIES_UNSEALED"]);
  });
});
