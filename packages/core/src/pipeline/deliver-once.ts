import type { BookkeepingReader } from "../journal/context-book.ts";
import type { Span } from "../run-tree/span.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { beginning } from "../journal/journal.ts";
import { cursorAtBeginning } from "./cursor.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import { locateAmong } from "./locate-among.ts";
import { type AnyOutbox, outboxOf } from "./outbox-of.ts";
import { type Route, routesOf } from "./route.ts";
import { within } from "./within.ts";

/** A part of a record, in both forms in which exporters take it. */
export interface Excerpt {
  readonly events: readonly AgentEvent[];
  readonly spans: readonly Span[];
  readonly content: BookkeepingReader;
}

/**
 * Delivers what it is given, apart from all cursors, with the companion of the route if it has one. Resolves, by exporter name, when it is answered,
 * given up for good, or the time is up: nobody waits here for an address or a key to be put right. Never rejects.
 */
export async function deliverOnce(
  route: Route,
  excerpt: Excerpt,
  timeoutMs: number,
): Promise<Readonly<Record<string, DeliveryReport>>> {
  const reports = routesOf([route]).map(
    async (each) => [each.to.name, await delivered(each, excerpt, timeoutMs)] as const,
  );
  return Object.fromEntries(await Promise.all(reports));
}

async function delivered(
  route: Route,
  { events, spans, content }: Excerpt,
  timeoutMs: number,
): Promise<DeliveryReport> {
  const outbox = outboxOf(route, content, {
    cursor: cursorAtBeginning,
    save: () => {},
    left: () => {},
    maxWaitingBytes: Number.POSITIVE_INFINITY,
    waitsForRepair: false,
  });
  if (outbox.of === "spans")
    for (const span of spans)
      offer(outbox, [span.spanId], (ids) => outbox.box.offer({ ids, item: span }));
  else
    for (const item of locateAmong(events, spans))
      offer(outbox, [item.event.id], (ids) => outbox.box.offer({ ids, item }));
  await within(timeoutMs, outbox.box.drain());
  outbox.box.stop();
  return { ...outbox.box.report(), late: 0, unread: 0, missed: 0 };
}

function offer(
  { box }: AnyOutbox,
  ids: readonly string[],
  take: (ids: readonly string[]) => void,
): void {
  for (const id of ids) box.progress.began(id, { position: beginning, sequence: 0 });
  take(ids);
}
