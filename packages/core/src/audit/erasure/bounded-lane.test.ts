import * as fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { hashedName } from "../../journal/disk/layout.ts";
import { beginning } from "../../journal/journal.ts";
import type { SegmentStanding } from "../../journal/segment-standing.ts";
import { createRecorder } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";
import { tickingClock } from "../../testing-kit/recording.ts";
import { verifyJournal } from "../verify/verify-journal.ts";

const bounds = { segmentBytes: 3_000, maxBytes: 24_000 };

const who = fc.nat(2);
const which = fc.nat(5);
const standings = fc.array(fc.constantFrom<SegmentStanding>("delivered", "undelivered", "open"), {
  minLength: 10,
  maxLength: 10,
});
const steps = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ kind: fc.constant("say" as const), who }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("erase" as const), who }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom("thin" as const, "remove"), which }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
  ),
  { maxLength: 120, size: "max" },
);
const sessions = [0, 1, 2].map((number) => `thread ${number}`);
const sessionOf = (number: number): string => `thread ${number}`;

test("a bound, a retention and erasures in one lane leave nothing unexplained, whatever goes first", async () => {
  await fc.assert(
    fc.asyncProperty(steps, standings, async (script, standing) => {
      const dir = mkdtempSync(join(tmpdir(), "spoor-bounded-"));
      const clock = tickingClock();
      const open = (): ReturnType<typeof diskJournal> =>
        diskJournal({
          dir,
          ...bounds,
          clock: () => 1_000,
          standingOf: (segment) => standing[segment % standing.length] ?? "undelivered",
        });
      let journal = open();
      let recorder = createRecorder({ journal, clock });
      try {
        for (const [number, step] of script.entries()) {
          if (step.kind === "say")
            recorder.emit(
              say.turn(`turn ${number}`, {
                session: sessionOf(step.who),
                input: `said ${number} ${"x".repeat(600)}`,
              }),
            );
          else if (step.kind === "erase") {
            const subject = hashedName(sessionOf(step.who));
            await journal.reduction.erase({ subject, sessions: [], lookedTo: beginning });
          } else if (step.kind === "restart") {
            await journal.close();
            journal = open();
            recorder = createRecorder({ journal, clock });
          } else {
            const segments = journal.reduction.segments();
            const segment = segments[step.which % Math.max(1, segments.length)];
            if (segment) await journal.reduction[step.kind](segment.number, { sessions });
          }
        }
        expect(verifyJournal(dir).findings).toEqual([]);
        expect(journal.health()).toMatchObject({ lost: 0, lostContent: 0, failure: null });
      } finally {
        await journal.close();
        rmSync(dir, { recursive: true, force: true });
      }
    }),
    { numRuns: 15 },
  );
});
