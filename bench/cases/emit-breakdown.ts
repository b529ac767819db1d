import { hash } from "node:crypto";
import { join } from "node:path";
import { diskJournal, type EventDraft, type Observer } from "@spoor/core";
import type { Benchmark, Figure } from "../benchmark.ts";
import { forEach, sideBySide } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { longRunningObserver } from "../long-running.ts";
import { blocksOf, eventsOf } from "../tool-loop.ts";

const blocks = 25;
const turnsInBlock = 20;

export const benchmark: Benchmark = {
  name: "emit to disk, where it goes",
  note: "Each part by itself over the same events, an event. What is left is limits, standing, content fields, contexts and stamping. A `model.started` looks up the 100 messages of its context and its instructions.",
  async run({ scratch }) {
    const drafts = blocksOf("parts", 0, blocks, turnsInBlock);
    const events = drafts.map(eventsOf);
    const entries = events.map((block) => block.map((event) => JSON.stringify(event)));
    const observer = (name: string): Observer =>
      longRunningObserver({ journal: { dir: join(scratch, name) } });
    const observers = { all: observer("all"), calls: observer("calls"), rest: observer("rest") };
    const journal = diskJournal({ dir: join(scratch, "append") });
    const { all, calls, rest, id, json, append } = sideBySide(blocks, {
      all: forEach(drafts, (draft) => observers.all.emit(draft)),
      calls: forEach(only(drafts, isCall), (draft) => observers.calls.emit(draft)),
      rest: forEach(only(drafts, isNoCall), (draft) => observers.rest.emit(draft)),
      id: forEach(drafts, identify),
      json: forEach(events, (event) => JSON.stringify(event)),
      append: forEach(entries, (entry) => journal.append(entry, journal.tail)),
    });
    for (const opened of Object.values(observers)) await closeComplete(opened);
    await journal.close();
    return [
      part("emit", all),
      part("emit of a model.started", calls),
      part("emit of any other event", rest),
      part("event id (one SHA-256)", id),
      part("JSON.stringify", json),
      part("append (one write)", append),
      part("what is left of an emit", all - id - json - append),
    ];
  },
};

const isCall = (draft: EventDraft): boolean => draft.type === "model.started";
const isNoCall = (draft: EventDraft): boolean => !isCall(draft);

function only(
  drafts: readonly (readonly EventDraft[])[],
  wanted: (draft: EventDraft) => boolean,
): readonly (readonly EventDraft[])[] {
  return drafts.map((block) => block.filter(wanted));
}

function part(name: string, value: number): Figure {
  return { name, value, unit: "µs" };
}

/** What the recorder does for the id of each event. */
function identify(draft: EventDraft): string {
  const key = "key" in draft ? draft.key : draft.on;
  const mark = "mark" in draft ? draft.mark : null;
  return hash(
    "sha256",
    JSON.stringify([draft.session, key, draft.type, draft.source, mark]),
    "hex",
  );
}
