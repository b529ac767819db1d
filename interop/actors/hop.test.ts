import { describe, expect, test } from "vitest";
import { channel } from "./channels.ts";
import { startProducer, startWorker } from "./programs/running.ts";
import { journals } from "./record/journals.ts";
import { recordedIn } from "./record/recorded.ts";

describe.each([
  { relation: "link", carriedIn: "headers", kind: "one folder" },
  { relation: "parent", carriedIn: "headers", kind: "a folder each" },
  { relation: "link", carriedIn: "envelope", kind: "a folder each" },
  { relation: "parent", carriedIn: "envelope", kind: "one folder" },
] as const)("$relation, carried in $carriedIn, journals in $kind", (how) => {
  const { relation, carriedIn, kind } = how;

  test("what a consumer's span names is the producer's span, over two hops", async () => {
    const folders = journals(kind);
    const [tasks, parts] = await Promise.all([
      channel(["planner"], { carriedIn }),
      channel(["worker"], { carriedIn }),
    ]);
    const planner = startWorker(folders.next(), {
      ...tasks,
      agent: "planner",
      relation,
      forwardTo: parts.channel,
    });
    const worker = startWorker(folders.next(), { ...parts, agent: "worker", relation });
    await Promise.all([planner.says("ready"), worker.says("ready")]);
    const sending = { ...tasks, count: 1, conversations: 1, task: "forward" } as const;
    const producer = startProducer(folders.next(), sending);
    const [sent] = await producer.says("sent");
    const [planned] = await planner.says("handled");
    const [worked] = await worker.says("handled");
    for (const program of [producer, planner, worker])
      expect(await program.stop()).toMatchObject({ failures: 0, refused: 0, lost: 0 });

    const [, traceId, turnId] = sent?.traceparent.split("-") ?? [];
    expect([planned?.traceId, worked?.traceId]).toEqual([traceId, traceId]);
    const recorded = recordedIn(...folders.all);
    const [turn, ...others] = recorded.turnsOf("c0");
    expect(others).toEqual([]);
    expect(recorded.tree.sessions()).toEqual(["c0"]);
    expect(turn).toMatchObject({ turnId, traceId, status: "ok" });
    const { spanId: plannerSpan } = planned ?? {};
    const linkedTo = (spanId: string | undefined) => [{ kind: "cause", traceId, spanId }];
    expect(turn?.spans).toMatchObject([
      { kind: "turn", name: "Task", spanId: turnId, parentSpanId: null },
      {
        kind: "agent",
        name: "planner",
        spanId: plannerSpan,
        parentSpanId: turnId,
        causedBy: turnId,
        links: linkedTo(turnId),
      },
      {
        kind: "agent",
        name: "worker",
        spanId: worked?.spanId,
        parentSpanId: relation === "link" ? turnId : plannerSpan,
        causedBy: plannerSpan,
        links: linkedTo(plannerSpan),
      },
    ]);
    const messages = { "message.sent": 2, "message.received": 2 };
    expect(Object.fromEntries(recorded.counts)).toMatchObject(messages);
  });
});
