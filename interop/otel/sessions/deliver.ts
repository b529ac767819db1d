import { type DeliveryReport, deliverPending } from "@spoor/core";
import { otel, type OtelOptions } from "@spoor/core/otel";
import { tapped, type Wire } from "../reading/wire.ts";

/** How a journal went out. */
export interface Delivered {
  readonly wire: Wire;
  /** The lanes together. */
  readonly report: Pick<DeliveryReport, "accepted" | "delivered" | "dropped" | "pending">;
}

/** Some servers take their time over a batch. */
const patienceMs = 120_000;

/** All of a journal to one server, from the beginning, once for each name. */
export async function delivered(
  dir: string,
  options: OtelOptions & { readonly name: string },
): Promise<Delivered> {
  const wire = tapped();
  const exporter = otel({ environment: {}, fetch: wire.fetch, ...options });
  const report = { accepted: 0, delivered: 0, dropped: 0, pending: 0 };
  for await (const lane of deliverPending({
    dir,
    routes: [{ to: exporter }],
    timeoutMs: patienceMs,
  })) {
    if (lane.state === "held") throw new Error(`lane ${lane.lane} is held`);
    for (const part of Object.values(lane.exporters)) {
      if (part.failure) throw part.failure;
      report.accepted += part.accepted;
      report.delivered += part.delivered;
      report.dropped += part.dropped;
      report.pending += part.pending;
    }
  }
  return { wire, report };
}
