import type { MessageFate, SpanReport } from "@spoor/core";
import { expect, test } from "vitest";
import { channel } from "./channels.ts";
import type { Task } from "./programs/job.ts";
import { startProducer, startUndertaker, startWorker } from "./programs/running.ts";
import { journals } from "./record/journals.ts";
import { recordedIn } from "./record/recorded.ts";

async function given(task: Task) {
  const folders = journals("a folder each");
  const job = await channel(["worker"], { patienceMs: 1_000 });
  const worker = startWorker(folders.next(), { ...job, agent: "worker", relation: "link" });
  const undertaker = startUndertaker(folders.next(), job);
  await Promise.all([worker.says("ready"), undertaker.says("ready")]);
  const sending = { ...job, count: 1, conversations: 1, task } as const;
  const producer = startProducer(folders.next(), sending);
  const [buried] = await undertaker.says("buried");
  for (const program of [producer, worker, undertaker])
    expect(await program.stop()).toMatchObject({ failures: 0, refused: 0, lost: 0 });
  const [turn, ...others] = recordedIn(...folders.all).turnsOf("c0");
  expect(others).toEqual([]);
  const [root, ...handlings] = turn?.spans ?? [];
  return { buried, root, handlings, marks: turn?.marks ?? [] };
}

test("a message that fails until the broker gives it up is as many attempts, and dead-lettered", async () => {
  const { buried, root, handlings, marks } = await given("fail");
  expect(handlings.map(({ attempt, status }) => [attempt, status])).toEqual([
    [null, "error"],
    [2, "error"],
    [3, "error"],
  ]);
  expect(marks).toContainEqual(unhandled("dead-lettered", root, buried?.reason));
});

test("a message that its handler refuses is rejected by that handling, and dead-lettered", async () => {
  const { buried, root, handlings, marks } = await given("refuse");
  expect(handlings).toMatchObject([{ attempt: null, status: "error" }]);
  expect(marks).toContainEqual(
    unhandled("rejected", handlings[0], "nothing that an agent could do"),
  );
  expect(marks).toContainEqual(unhandled("dead-lettered", root, buried?.reason));
});

const unhandled = (fate: MessageFate, on: SpanReport | undefined, reason = "not said"): unknown =>
  expect.objectContaining({
    type: "message.unhandled",
    message: "m0",
    fate,
    reason,
    spanId: on?.spanId,
  });
