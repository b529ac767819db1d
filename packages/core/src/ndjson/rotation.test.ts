import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContentReader } from "../journal/content.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import type { EventExporter } from "../pipeline/exporter.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import {
  arbitraryConversation,
  type Conversation,
  readBack,
  reportOf,
} from "./conversation.fixture.ts";
import { fileSink } from "./file-sink.ts";
import { linesTo } from "./lines-to.ts";
import { type RotatingDisk, rotatingDisk } from "./rotating-disk.fixture.ts";

/** What happens between two batches, or while one is written. */
type Mishap = "none" | "renamed" | "cut to nothing" | "disk full" | "killed";

interface Step {
  readonly events: number;
  readonly mishap: Mishap;
  readonly bytes: number;
}

const step = (...mishaps: readonly Mishap[]): fc.Arbitrary<Step> =>
  fc.record({
    events: fc.integer({ min: 1, max: 6 }),
    mishap: fc.constantFrom(...mishaps),
    bytes: fc.integer({ min: 1, max: 2_000 }),
  });

const exporterTo = (disk: RotatingDisk): Pick<EventExporter, "export"> =>
  linesTo(fileSink("events.ndjson", () => disk.open()));

/** Every batch until it is delivered, as the pipeline has it. */
async function deliver(
  exporter: Pick<EventExporter, "export">,
  batch: readonly AgentEvent[],
  content: ContentReader,
): Promise<void> {
  for (;;) {
    try {
      await exporter.export(batch, { signal: new AbortController().signal, content });
      return;
    } catch (error) {
      if (!ExportFailure.is(error) || error.retry !== "same") throw error;
    }
  }
}

/** The files that are there at the end, oldest first. */
async function write(
  { events, content }: Conversation,
  steps: readonly Step[],
): Promise<readonly string[]> {
  const disk = rotatingDisk();
  let exporter = exporterTo(disk);
  let rest = events;
  for (let index = 0; rest.length > 0; index += 1) {
    const { mishap, bytes, events: count } = steps[index % steps.length] ?? noStep;
    const batch = rest.slice(0, count);
    if (mishap === "renamed") disk.rename();
    if (mishap === "cut to nothing") disk.copyAndTruncate();
    if (mishap === "disk full") disk.fillsUpAfter(bytes);
    const before = disk.size();
    await deliver(exporter, batch, content);
    if (mishap === "killed") {
      disk.loseTheLast(Math.min(bytes, disk.size() - before));
      exporter = exporterTo(disk);
      await deliver(exporter, batch, content);
    }
    rest = rest.slice(count);
  }
  return disk.texts();
}

const noStep: Step = { events: 1, mishap: "none", bytes: 0 };
const all: readonly Mishap[] = ["none", "renamed", "cut to nothing", "disk full", "killed"];
const steps = (...mishaps: readonly Mishap[]): fc.Arbitrary<readonly Step[]> =>
  fc.array(step(...mishaps), { minLength: 1, maxLength: 8 });

/** A witness may repeat itself in a record, too: then what it said first counts. */
const once = (events: readonly AgentEvent[]): readonly AgentEvent[] => {
  const taken = new Set<string>();
  return events.filter(({ id }) => !taken.has(id) && taken.add(id));
};

describe("whatever happens to the file", () => {
  test("the files together tell the same sessions as the journal", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryConversation, steps(...all), async (conversation, happens) => {
        const { events, record } = await readBack(await write(conversation, happens));
        expect(reportOf(events, record.content)).toEqual(
          reportOf(conversation.events, conversation.content),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("no line is lost or half read but what was cut off, and each event is as it was recorded", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryConversation,
        steps("none", "renamed", "cut to nothing"),
        async (conversation, happens) => {
          const texts = await write(conversation, happens);
          const { events, record } = await readBack(texts);
          expect(events).toEqual(once(conversation.events));
          expect(record.reading()).toMatchObject({ malformed: 0 });
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a file by itself has all values and whole contexts of the events in it", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryConversation, steps(...all), async (conversation, happens) => {
        const { content } = conversation;
        const recorded = once(conversation.events);
        for (const text of await write({ events: recorded, content }, happens)) {
          const { events, record } = await readBack([text]);
          const ids = new Set(events.map(({ id }) => id));
          const inIt = recorded.filter(({ id }) => ids.has(id));
          expect(reportOf(events, record.content)).toEqual(reportOf(inIt, content));
        }
      }),
      { numRuns: 200 },
    );
  });
});

test("a value stands once in each file, however the lines came into batches", async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryConversation,
      steps("none", "renamed", "cut to nothing"),
      async (conversation, happens) => {
        for (const text of await write(conversation, happens)) {
          const refs = text.match(/"[0-9a-f]{64}":\{/g) ?? [];
          expect(new Set(refs).size).toBe(refs.length);
        }
      },
    ),
    { numRuns: 100 },
  );
});
