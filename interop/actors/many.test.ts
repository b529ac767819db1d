import { appendFileSync } from "node:fs";
import process from "node:process";
import { expect, test } from "vitest";
import { channel } from "./channels.ts";
import { startProducer, startWorker } from "./programs/running.ts";
import { journals } from "./record/journals.ts";
import { recordedIn } from "./record/recorded.ts";

const count = 10_000;
const conversations = 100;
const failEvery = 100;

test("of ten thousand messages each is once in the record, and each time it was brought again is an attempt", async () => {
  const folders = journals("one folder");
  const job = await channel(["worker"], { patienceMs: 5_000 });
  const worker = { ...job, agent: "worker", relation: "link" } as const;
  const workers = [startWorker(folders.next(), worker), startWorker(folders.next(), worker)];
  await Promise.all(workers.map((one) => one.says("ready")));
  const begun = performance.now();
  const sending = { ...job, count, conversations, task: "work", failEvery } as const;
  const producer = startProducer(folders.next(), sending);
  const said = (kind: "began" | "handled") => workers.flatMap((one) => one.heard(kind));
  const everything = { timeout: 220_000, interval: 50 };
  await expect.poll(() => said("handled").length, everything).toBeGreaterThanOrEqual(count);
  const seconds = (performance.now() - begun) / 1_000;
  const ends = await Promise.all([producer, ...workers].map((program) => program.stop()));
  for (const end of ends) expect(end).toMatchObject({ failures: 0, refused: 0, lost: 0 });

  const [began, handled] = [said("began"), said("handled")];
  const { tree, counts } = recordedIn(...folders.all);
  const spans = tree.sessions().flatMap((session) => tree.session(session)?.spans ?? []);
  const [turns, handlings] = [kindOf("turn"), kindOf("agent")];
  expect(tree.sessions()).toHaveLength(conversations);
  expect(turns).toHaveLength(count);
  expect(counts.get("message.sent")).toBe(count);
  expect(counts.get("message.received")).toBe(began.length);
  expect(spans).toHaveLength(turns.length + handlings.length);
  expect(idsOf(handlings)).toEqual(idsOf(began));
  expect(idsOf(handlings.filter(({ status }) => status === "ok"))).toEqual(idsOf(handled));
  const turnOf = new Map(turns.map(({ key, spanId }) => [key, spanId]));
  for (const { key, parentSpanId, causedBy } of handlings) {
    const [, messageId] = JSON.parse(key) as readonly string[];
    const sender = turnOf.get(`message:${messageId}`) ?? "no turn of that message";
    expect([parentSpanId, causedBy]).toEqual([sender, sender]);
  }
  const again = handlings.filter(({ attempt }) => (attempt ?? 1) > 1);
  expect(again).toHaveLength(began.length - count);
  expect(again.length).toBeGreaterThanOrEqual(count / failEvery);
  tell(
    `${count} messages and ${again.length} redeliveries in ${seconds.toFixed(1)} s; memory of a process at most ${Math.max(...ends.map(({ peakMegabytes }) => peakMegabytes))} MB`,
  );

  function kindOf(kind: "turn" | "agent") {
    return spans.filter((span) => span.kind === kind);
  }
}, 240_000);

const idsOf = (given: readonly { readonly spanId: string }[]): readonly string[] =>
  given.map(({ spanId }) => spanId).toSorted();

function tell(line: string): void {
  const { SPOOR_INTEROP_TOLD } = process.env;
  if (SPOOR_INTEROP_TOLD) appendFileSync(SPOOR_INTEROP_TOLD, `${line}\n`);
}
