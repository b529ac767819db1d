import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { audit } from "../audit/audit.ts";
import { verifyJournal } from "../audit/verify/verify-journal.ts";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { contentFolder, laneFolder, segmentFolder } from "../journal/disk/layout.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { applied, day, recordTurns, today, turnOf } from "../retention/lane.fixture.ts";
import { readLedger } from "../retention/ledger.ts";
import { eventExporter, scripted } from "../testing-kit/scripted-exporter.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { createObserver } from "./observer.ts";
import { Retaining } from "./retaining.ts";

let dir: string;
beforeEach(() => {
  dir = join(temporaryFolder(), "journal");
});

const clock = (): number => today;
const retention = { warmAfter: "90d", coldAfter: "1y" } as const;
const hasContent = (segment: number): boolean =>
  existsSync(contentFolder(segmentFolder(laneFolder(dir, 0), segment)));

test("an observer applies its config to its lane, a second after it was opened", async () => {
  await recordTurns(dir, [
    { session: "old", daysAgo: 400 },
    { session: "middle", daysAgo: 100 },
  ]);
  const observer = createObserver({ journal: { dir, retention }, clock });
  expect(observer.health().retention).toEqual({ warm: 0, cold: 0, failure: null });
  await vi.waitFor(
    () => expect(observer.health().retention).toEqual({ warm: 1, cold: 1, failure: null }),
    { timeout: 10_000 },
  );
  expect([...readLedger(dir).keys()]).toEqual(["old"]);
  await observer.close();
});

test("without a retention nothing goes, and nothing is looked at", async () => {
  const observer = createObserver({ journal: { dir }, clock });
  expect(observer.health().retention).toBe(null);
  await observer.close();
});

test("what an exporter has still to read stays until it has it", async () => {
  await recordTurns(dir, [{ session: "old", daysAgo: 100 }]);
  let answer: "hangs" | "fails" | "takes" = "fails";
  const script = scripted<AgentEvent>(() => answer);
  const exporters = [eventExporter("backend", script)];
  const journal = { dir, retention };
  const first = createObserver({ journal: { dir }, exporters, clock: () => today - 100 * day });
  for (const draft of turnOf({ session: "unread", daysAgo: 100 }, "k")) first.emit(draft);
  await first.close({ timeoutMs: 10 });
  const second = createObserver({ journal, exporters, clock });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(second.health().retention).toEqual({ warm: 0, cold: 0, failure: null });
  await second.close({ timeoutMs: 10 });
  answer = "takes";
  const third = createObserver({ journal, exporters, clock });
  await third.flush();
  expect(third.health().exporters["backend"]).toMatchObject({ pending: 0, unread: 0 });
  await vi.waitFor(() => expect(third.health().retention?.warm).toBe(1), { timeout: 10_000 });
  expect(hasContent(1)).toBe(false);
  await third.close();
});

test("a sealed journal lets go what is sealed, and stays whole", async () => {
  await recordTurns(dir, [
    { session: "old", daysAgo: 400 },
    { session: "middle", daysAgo: 100 },
    { session: "new", daysAgo: 1 },
  ]);
  const journal = { ...audit({ everyMs: 10 }), dir, retention };
  const first = createObserver({ journal, clock });
  for (const draft of turnOf({ session: "today", daysAgo: 0 }, "k")) first.emit(draft);
  await first.close();
  const second = createObserver({ journal, clock });
  await vi.waitFor(() => expect(second.health().retention?.cold).toBe(1), { timeout: 10_000 });
  await second.close();
  const { findings, lanes } = verifyJournal(dir);
  expect(findings).toEqual([]);
  expect(lanes).toMatchObject([{ removed: 5, unsealed: 0 }]);
});

test("a segment that becomes complete is looked at soon, whatever the hour", async () => {
  const journal = diskJournal({ dir, clock });
  const recorder = createRecorder({ journal, clock });
  const retaining = new Retaining({
    ...applied(dir, journal, { hotBytes: 0 }),
    clock,
    soonMs: 1,
  });
  for (const draft of turnOf({ session: "talk", daysAgo: 0 }, "k")) recorder.emit(draft);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(hasContent(1)).toBe(true);
  journal.reduction.beginSegment();
  retaining.recorded(journal.end.segment);
  await vi.waitFor(() => expect(hasContent(1)).toBe(false));
  await retaining.stop();
  await journal.close();
});

test("closing ends what is under way, and the next process goes on", async () => {
  await recordTurns(dir, [
    { session: "old", daysAgo: 100 },
    { session: "older", daysAgo: 99 },
  ]);
  const journal = diskJournal({ dir, clock });
  createRecorder({ journal, clock });
  let retaining: Retaining | null = null;
  let stopped: Promise<void> | undefined;
  const options = applied(dir, journal, { warmAfterMs: day });
  retaining = new Retaining({
    ...options,
    parse: (line) => {
      stopped ??= retaining?.stop();
      return options.parse(line);
    },
    clock,
    soonMs: 1,
  });
  await vi.waitFor(() => expect(stopped).toBeDefined());
  await stopped;
  await journal.close();
  expect([hasContent(1), hasContent(2)]).toContain(true);
  expect(retaining.health.failure).toBe(null);
});
