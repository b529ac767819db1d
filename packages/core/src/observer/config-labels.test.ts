import { expect, test } from "vitest";
import type { EventExporter } from "../pipeline/exporter.ts";
import * as say from "../testing-kit/drafts.ts";
import type { AgentEvent, DraftOf } from "../vocabulary/event.ts";
import { createObserver } from "./observer.ts";

const labels = { environment: "production", release: "1.4.0", tags: ["support"] };

/** The first event of a session that an adapter tells of, in an application with labels. */
async function sessionTold(said: Partial<DraftOf<"session.started">>): Promise<unknown> {
  const events: AgentEvent[] = [];
  const into: EventExporter = {
    name: "into",
    consumes: "events",
    export: (batch) => Promise.resolve(void events.push(...batch)),
  };
  const observer = createObserver({ journal: "memory", labels, exporters: [into] });
  observer.emit(say.sessionStarted(said));
  await observer.close();
  expect(observer.health().recorder.refused).toBe(0);
  return events[0];
}

test("what a config says of every session holds for those that adapters tell of", async () => {
  expect(await sessionTold({})).toMatchObject(labels);
});

test("what an adapter says of a session stands before it", async () => {
  expect(await sessionTold({ environment: "test", tags: ["own"] })).toMatchObject({
    environment: "test",
    release: "1.4.0",
    tags: ["own"],
  });
});
