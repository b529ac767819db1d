import { expect, test } from "vitest";
import { spoor } from "../audit/spoor-command.ts";
import { channel, connectedTo } from "./channels.ts";
import { startProducer, startWorker } from "./programs/running.ts";
import { journals } from "./record/journals.ts";
import { recordedIn } from "./record/recorded.ts";

const agents = ["analyst", "editor", "lawyer"];

test("a message that three agents get is handled three times, each caused by its sender, and nothing is recorded twice", async () => {
  const folders = journals("one folder");
  const job = await channel(agents);
  const workers = agents.map((agent) =>
    startWorker(folders.next(), { ...job, agent, relation: "link" }),
  );
  await Promise.all(workers.map((worker) => worker.says("ready")));
  const sending = { ...job, count: 1, conversations: 1, task: "work" } as const;
  const producer = startProducer(folders.next(), sending);
  const handled = await Promise.all(workers.map((worker) => worker.says("handled")));
  await Promise.all([producer, ...workers].map((program) => program.stop()));

  const { turnsOf, counts } = recordedIn(...folders.all);
  const [turn, ...others] = turnsOf("c0");
  expect(others).toEqual([]);
  const [root, ...handlings] = turn?.spans ?? [];
  const place = { parentSpanId: root?.spanId, causedBy: root?.spanId, attempt: null, status: "ok" };
  expect(handlings.toSorted((one, other) => one.name.localeCompare(other.name))).toMatchObject(
    agents.map((name, at) => ({ kind: "agent", name, spanId: handled[at]?.[0]?.spanId, ...place })),
  );
  const [sent, received] = [counts.get("message.sent"), counts.get("message.received")];
  expect({ sent, received, works: counts.get("work.started") }).toEqual({
    sent: 1,
    received: 3,
    works: 3,
  });
  const shown = await spoor(folders.next(), "show", "c0", "--dir", folders.next());
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  for (const agent of agents) expect(shown.stdout.split(`agent ${agent}`)).toHaveLength(2);
});

test("a message of somebody who is not recorded, which three agents get, is one turn", async () => {
  const folders = journals("one folder");
  const job = await channel(agents);
  const workers = agents.map((agent) =>
    startWorker(folders.next(), { ...job, agent, relation: "link" }),
  );
  await Promise.all(workers.map((worker) => worker.says("ready")));
  const sender = await connectedTo(job);
  const body = { messageId: "f", conversationId: "foreign", payload: { task: "work" } };
  await sender.sendForeign(body, {});
  await Promise.all(workers.map((worker) => worker.says("handled")));
  await Promise.all(workers.map((program) => program.stop()));

  const [turn, ...others] = recordedIn(...folders.all).turnsOf("foreign");
  expect(others).toEqual([]);
  const [root, ...handlings] = turn?.spans ?? [];
  expect(root).toMatchObject({ kind: "turn", status: "ok" });
  expect(handlings.map(({ name }) => name).toSorted()).toEqual(agents);
  for (const { parentSpanId } of handlings) expect(parentSpanId).toBe(root?.spanId);
});
