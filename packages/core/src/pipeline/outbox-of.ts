import type { BookkeepingReader } from "../journal/context-book.ts";
import type { Span } from "../run-tree/span.ts";
import type { ExportContext } from "./exporter.ts";
import type { LocatedEvent, Location } from "./locating.ts";
import { Outbox, type OutboxOptions } from "./outbox.ts";
import { type Placed, placesInEvent, placesInSpan } from "./places.ts";
import { isOfSpans, type Route } from "./route.ts";
import { admitting, isInShare } from "./sampling.ts";
import { sightOf } from "./sight.ts";
import { eventWeigher, spanWeigher, type Weigher } from "./weight.ts";

/** What is on its way to one exporter: it takes spans or events. */
export type AnyOutbox =
  | { readonly of: "spans"; readonly box: Outbox<Span> }
  | { readonly of: "events"; readonly box: Outbox<LocatedEvent> };

/** What an outbox has to be told besides its route. */
export type OutboxSettings = Pick<
  OutboxOptions<never>,
  "cursor" | "cursorFailure" | "save" | "left" | "maxWaitingBytes" | "waitsForRepair"
>;

const limits = { items: 512, bytes: 1024 * 1024 };
const spansWaitMs = 1_000;

/** A route as something to fill: sampling, content policy, redaction and limits are in it. */
export function outboxOf(
  route: Route,
  content: BookkeepingReader,
  settings: OutboxSettings,
): AnyOutbox {
  if (isOfSpans(route)) {
    const { to, keepErrors = false } = route;
    const { sample = to.sample ?? 1 } = route;
    const admits = admitting({ share: sample, keepErrors, unsampled: to.unsampled ?? "send" });
    const send: Send<Span> = (batch, context) => to.export(batch, context);
    const ways = waysOf(route, content, spanWeigher(to.wholeContextUpTo), placesInSpan, send);
    return { of: "spans", box: new Outbox({ ...settings, ...ways, admits }) };
  }
  const { to, share = 1 } = route;
  const admits = ({ event, location }: LocatedEvent): boolean =>
    (!to.takes || to.takes.includes(event.type)) && isAlongside(location, share);
  const send: Send<LocatedEvent> = (batch, context) => {
    const locations = new Map(batch.map(({ event, location }) => [event.id, location]));
    const locate: ExportContext["locate"] = ({ id }) => locations.get(id) ?? null;
    return to.export(
      batch.map(({ event }) => event),
      { ...context, locate },
    );
  };
  const ways = waysOf(route, content, locatedEventWeigher, placesInLocatedEvent, send);
  return { of: "events", box: new Outbox({ ...settings, ...ways, admits }) };
}

const locatedEventWeigher: Weigher<LocatedEvent> = {
  facts: ({ event }) => eventWeigher.facts(event),
  content: ({ event }, reader) => eventWeigher.content(event, reader),
};

const placesInLocatedEvent = ({ event }: LocatedEvent): readonly Placed[] => placesInEvent(event);

type Send<Item> = (batch: readonly Item[], context: ExportContext) => Promise<void>;

function waysOf<Item>(
  route: Route,
  reader: BookkeepingReader,
  weigher: Weigher<Item>,
  placesIn: (item: Item) => readonly Placed[],
  send: Send<Item>,
): Pick<OutboxOptions<Item>, "limits" | "weigh" | "send"> {
  const sight = sightOf(route, reader, placesIn);
  const waitMs = route.to.consumes === "spans" ? spansWaitMs : 0;
  return {
    limits: { ...limits, waitMs, ...route.to.limits },
    weigh: {
      waiting: (item) => weigher.facts(item),
      sent: (item) => weigher.facts(item) + (sight ? weigher.content(item, reader) : 0),
    },
    send: (batch, signal) => send(batch, { signal, content: sight && sight(batch) }),
  };
}

/** What stands in no trace is nobody's share: it goes. */
function isAlongside({ span }: Location, share: number): boolean {
  return span === null || isInShare(span.traceId, share);
}
