import { join } from "node:path";
import { type Config, createObserver } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import { spoorCallbacks } from "@spoor/langgraph";
import { closeComplete } from "../../complete.ts";
import type { MakeWay, Surroundings, Way } from "../way.ts";

/** With the journal on, and nothing but it. */
export const spoor: MakeWay = (surroundings) => way(surroundings, {});

/** With what was recorded sent as well, content and all, as its peers do. */
export const spoorSending: MakeWay = (surroundings) => {
  const exporter = otel({
    url: `${surroundings.origin}/v1/traces`,
    protocol: "http/json",
    content: "full",
  });
  return way(surroundings, { exporters: [exporter] });
};

function way({ scratch }: Surroundings, config: Config): Promise<Way> {
  const observer = createObserver({ ...config, journal: { dir: join(scratch, "journal") } });
  const callbacks = [spoorCallbacks(observer)];
  return Promise.resolve({
    callbacks: () => callbacks,
    flush: () => observer.flush({ timeoutMs: 30_000 }),
    close: () => closeComplete(observer),
  });
}
