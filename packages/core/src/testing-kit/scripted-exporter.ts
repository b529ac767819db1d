import { ExportFailure } from "../pipeline/export-failure.ts";
import type { EventExporter, ExportContext, SpanExporter } from "../pipeline/exporter.ts";
import type { Span } from "../run-tree/span.ts";
import type { AgentEvent } from "../vocabulary/event.ts";

/** What a destination does with a batch. `throws`: before there is a promise; `fails`: an error that says nothing. */
export type Answer = "takes" | "same" | "smaller" | "never" | "fails" | "throws" | "hangs";

export interface Script<Item> {
  /** Each batch, in the order in which it was asked to take them. */
  readonly attempts: readonly (readonly Item[])[];
  /** What it has. */
  readonly taken: readonly Item[];
  readonly signals: readonly AbortSignal[];
  export(batch: readonly Item[], context: ExportContext): Promise<void>;
}

/** Answers as it is told, batch by batch; the last answer stands for all that follow. */
export function scripted<Item>(
  answer: (batch: readonly Item[], attempt: number) => Answer,
): Script<Item> {
  const attempts: (readonly Item[])[] = [];
  const taken: Item[] = [];
  const signals: AbortSignal[] = [];
  return {
    attempts,
    taken,
    signals,
    export(batch, { signal }) {
      attempts.push(batch);
      signals.push(signal);
      const said = answer(batch, attempts.length - 1);
      if (said === "throws") throw new Error("no promise");
      if (said === "hangs") return new Promise(() => {});
      if (said === "takes") taken.push(...batch);
      return Promise.resolve().then(() => {
        if (said === "fails") throw new Error("unlucky");
        if (said !== "takes") throw new ExportFailure(said, { retry: said, retryAfterMs: 0 });
      });
    },
  };
}

type Named<Exporter> = Exporter & { readonly closed: () => number };

export function spanExporter(name: string, script: Script<Span>): Named<SpanExporter> {
  let closed = 0;
  return {
    name,
    consumes: "spans",
    export: (batch, context) => script.export(batch, context),
    close: () => Promise.resolve(void (closed += 1)),
    closed: () => closed,
  };
}

export function eventExporter(name: string, script: Script<AgentEvent>): EventExporter {
  return { name, consumes: "events", export: (batch, context) => script.export(batch, context) };
}
