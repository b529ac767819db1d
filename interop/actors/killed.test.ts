import { expect, test } from "vitest";
import { broker, channel } from "./channels.ts";
import { startProducer, startWorker } from "./programs/running.ts";
import { journals } from "./record/journals.ts";
import { recordedIn } from "./record/recorded.ts";

test("a message that is brought again after its handler was killed is an attempt of the same message, and the killed one is open", async () => {
  const folders = journals("a folder each");
  const job = await channel(["worker"], { patienceMs: 1_500 });
  const worker = { ...job, agent: "worker", relation: "link" } as const;
  const killed = startWorker(folders.next(), { ...worker, hangs: true });
  await killed.says("ready");
  const sending = { ...job, count: 1, conversations: 1, task: "work" } as const;
  const producer = startProducer(folders.next(), sending);
  const [began] = await killed.says("began");
  await killed.kill();
  const second = startWorker(folders.next(), worker);
  const [handled] = await second.says("handled");
  await Promise.all([producer, second].map((program) => program.stop()));

  const [turn, ...others] = recordedIn(...folders.all).turnsOf("c0");
  expect(others).toEqual([]);
  const [root, ...handlings] = turn?.spans ?? [];
  expect(root).toMatchObject({ kind: "turn", status: "ok" });
  const place = { kind: "agent", parentSpanId: root?.spanId, causedBy: root?.spanId };
  const open = { ...place, spanId: began?.spanId, attempt: null, status: "open" };
  const again = { ...place, spanId: handled?.spanId, attempt: 2, status: "ok" };
  // Kafka keeps a place in a topic, and no count of how often it brought what stands there: then both are one span.
  expect(handlings).toMatchObject(
    broker === "kafka" ? [{ ...again, spanId: began?.spanId, attempt: null }] : [open, again],
  );
  expect(handled?.traceId).toBe(began?.traceId);
});
