import { onTestFinished } from "vitest";
import type { Config } from "../config/config.ts";
import { createObserver, type Observer } from "../observer/observer.ts";
import type { Session } from "../observer/session.ts";
import type { Span } from "../run-tree/span.ts";
import { tickingClock } from "./recording.ts";
import { scripted, spanExporter } from "./scripted-exporter.ts";

/** An observer whose spans are looked at. */
export interface Watched {
  readonly observer: Observer;
  readonly session: Session;
  /** By name, all that has ended so far; the rest would be open. */
  readonly spans: () => Promise<Readonly<Record<string, Span>>>;
}

/** Closed when the test is over. */
export function observe(config: Partial<Config> = {}): Watched {
  const script = scripted<Span>(() => "takes");
  let keys = 0;
  const observer = createObserver({
    journal: "memory",
    clock: tickingClock(),
    newKey: () => `key ${(keys += 1)}`,
    exporters: [spanExporter("spans", script)],
    ...config,
  });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));
  return {
    observer,
    session: observer.session({ id: "thread 1" }),
    spans: async () => {
      await observer.flush();
      return Object.fromEntries(script.taken.map((span) => [span.name, span]));
    },
  };
}
