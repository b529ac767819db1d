import * as fc from "fast-check";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { journalReader } from "../journal/disk/journal-reader.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { createRunTree } from "../run-tree/run-tree.ts";
import { parseEventLine } from "../schema/parse.ts";
import { arbitrarySession } from "../testing-kit/arbitrary-session.ts";
import { tickingClock } from "../testing-kit/recording.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { removeIndexFile } from "./store/index-file.ts";
import { everythingIn, find } from "./search.fixture.ts";

/** A session told into two lanes at once, and the moments at which somebody brings the index up to date. */
interface Telling {
  readonly drafts: readonly EventDraft[];
  /** Which lane each draft goes to; 2: both. */
  readonly lanes: readonly number[];
  /** After how many drafts. */
  readonly indexed: ReadonlySet<number>;
}

const arbitraryTelling: fc.Arbitrary<Telling> = fc
  .record({
    told: arbitrarySession(),
    lanes: fc.array(fc.nat(2), { minLength: 1, maxLength: 12 }),
    indexed: fc.array(fc.nat(30), { maxLength: 4 }),
  })
  .map(({ told, lanes, indexed }) => ({ drafts: told.drafts, lanes, indexed: new Set(indexed) }));

/** The two do not agree on anything. */
function asSeenBy(witness: number, draft: EventDraft): EventDraft {
  if (witness === 0) return draft;
  return {
    ...draft,
    source: `${draft.source} of another`,
    ...("name" in draft ? { name: `${draft.name} of another` } : {}),
    ...("outcome" in draft ? { outcome: { status: "cancelled" } } : {}),
    ...("model" in draft ? { model: "another" } : {}),
  };
}

async function tell({ drafts, lanes, indexed }: Telling): Promise<string> {
  const dir = temporaryFolder();
  const clock = tickingClock();
  const journals = [0, 1].map(() =>
    diskJournal({ dir, clock, segmentBytes: 3_000, maxBytes: null }),
  );
  const recorders = journals.map((journal) => createRecorder({ journal, clock }));
  for (const [index, draft] of drafts.entries()) {
    const lane = lanes[index % lanes.length] ?? 0;
    const inTurn = [...recorders.entries()].toSorted(([left], [right]) =>
      index % 2 === 0 ? left - right : right - left,
    );
    for (const [number, recorder] of inTurn)
      if (lane === number || lane === 2) recorder.emit(asSeenBy(number, draft));
    if (indexed.has(index)) everythingIn(dir);
  }
  for (const journal of journals) await journal.close();
  return dir;
}

const bySpan = (
  left: { readonly spanId: string | null },
  right: { readonly spanId: string | null },
): number => ((left.spanId ?? "") < (right.spanId ?? "") ? -1 : 1);

const runs = { numRuns: 25 };

test("an index that grew in any steps is the one that is made at once", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTelling, async (telling) => {
      const dir = await tell(telling);
      const grown = everythingIn(dir);
      removeIndexFile(join(dir, "index.sqlite"));
      expect(grown).toEqual(everythingIn(dir));
    }),
    runs,
  );
}, 60_000);

test("what is left after the bound has removed something is as if there had never been more", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTelling, fc.nat(5), async (telling, removed) => {
      const dir = await tell(telling);
      everythingIn(dir);
      for (const lane of ["0", "1"]) {
        const segments = join(dir, "lanes", lane, "segments");
        const complete = readdirSync(segments).toSorted().slice(0, -1);
        for (const segment of complete.slice(0, removed))
          rmSync(join(segments, segment), { recursive: true });
      }
      const shrunk = everythingIn(dir);
      removeIndexFile(join(dir, "index.sqlite"));
      expect(shrunk).toEqual(everythingIn(dir));
    }),
    runs,
  );
}, 60_000);

test("the index says of spans what the run tree says of them", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTelling, async (telling) => {
      const dir = await tell(telling);
      const tree = createRunTree();
      for (const { line } of journalReader(dir).entries()) {
        const parsed = parseEventLine(line);
        if (parsed.ok) tree.apply(parsed.event);
      }
      const spans = tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []);
      const told = spans.map(({ spanId, kind, name, agent, status, model, requestModel }) => ({
        spanId,
        kind,
        name,
        agent,
        status,
        model: model ?? requestModel,
      }));
      const found = find(dir).map(({ spanId, kind, name, agent, status, model }) => ({
        spanId,
        kind,
        name,
        agent,
        status,
        model,
      }));
      expect(found.toSorted(bySpan)).toEqual(told.toSorted(bySpan));
    }),
    runs,
  );
}, 60_000);
