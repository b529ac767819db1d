import { onTestFinished } from "vitest";
import type { Journal } from "../journal/journal.ts";
import { type CursorStore, memoryCursors } from "../pipeline/cursor.ts";
import { Delivery, type DeliveryOptions } from "../pipeline/delivery.ts";
import type { Exporter } from "../pipeline/exporter.ts";
import { type Route, routeOf } from "../pipeline/route.ts";
import type { Span } from "../run-tree/span.ts";
import { parseEventLine } from "../schema/parse.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import * as say from "./drafts.ts";
import { steadyJournal } from "./journals.ts";
import { record, tickingClock } from "./recording.ts";
import { type Script, scripted } from "./scripted-exporter.ts";

export interface Process {
  readonly delivery: Delivery;
  readonly say: (...drafts: readonly EventDraft[]) => void;
}

/** A process with a recorder and a delivery over a journal; another one over the same journal is the next process. Closed when the test is over. */
export function start(
  exporters: readonly (Exporter | Route)[],
  journal: Journal = steadyJournal(),
  cursors: CursorStore = memoryCursors(),
  more: Partial<DeliveryOptions> = {},
): Process {
  const { clock = tickingClock(journal.tail.recordedAt) } = more;
  const delivery = new Delivery({
    journal,
    routes: exporters.map(routeOf),
    cursors,
    clock,
    settleMs: 50,
    abandonAfterMs: 1e9,
    maxWaitingBytes: 1e6,
    newcomers: "from the beginning",
    ...more,
    parse: (line) => {
      const parsed = parseEventLine(line);
      return parsed.ok ? parsed.event : null;
    },
  });
  onTestFinished(() => delivery.close(0));
  const { recorder } = record([], {
    journal,
    clock,
    recorded: (event, position) => delivery.recorded(event, position),
  });
  return {
    delivery,
    say: (...drafts) => {
      for (const draft of drafts) recorder.emit(draft);
    },
  };
}

/** A destination that is always there. */
export const takesAll = <Item>(): Script<Item> => scripted<Item>(() => "takes");

export const keysOf = (spans: readonly Span[]): readonly string[] => spans.map(({ key }) => key);

/** Two spans, both ended. */
export const aTurn = (key: string): readonly EventDraft[] => [
  say.turn(key),
  say.tool(`tool of ${key}`, key),
  say.ended("tool", `tool of ${key}`),
  say.ended("turn", key),
];
