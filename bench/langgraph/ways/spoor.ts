import { join } from "node:path";
import { type Config, createObserver } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import { spoorCallbacks } from "@spoor/langgraph";
import { closeComplete } from "../../complete.ts";
import type { MakeWay, Surroundings, Way } from "../way.ts";

/** The handler alone: callbacks become drafts, and nobody takes them. */
export const handlerAlone: MakeWay = () => {
  const callbacks = [spoorCallbacks({ emit: () => null })];
  return Promise.resolve({ callbacks: () => callbacks, flush: () => Promise.resolve() });
};

/** Drafts become events, in a journal that no file lies under. */
export const unredacted: MakeWay = () => way({ journal: "memory", redact: "off" });

/** The same, redacted as it is by default. */
export const inMemory: MakeWay = () => way({ journal: "memory" });

/** With the journal on disk, and nothing but it. */
export const spoor: MakeWay = (surroundings) => way(onDisk(surroundings));

/** With what was recorded sent as well, content and all, as its peers do. */
export const spoorSending: MakeWay = (surroundings) => {
  const exporter = otel({
    url: `${surroundings.origin}/v1/traces`,
    protocol: "http/json",
    content: "full",
  });
  return way({ ...onDisk(surroundings), exporters: [exporter] });
};

const onDisk = ({ scratch }: Surroundings): Config => ({
  journal: { dir: join(scratch, "journal") },
});

function way(config: Config): Promise<Way> {
  const observer = createObserver(config);
  const callbacks = [spoorCallbacks(observer)];
  return Promise.resolve({
    callbacks: () => callbacks,
    flush: () => observer.flush({ timeoutMs: 30_000 }),
    close: () => closeComplete(observer),
  });
}
