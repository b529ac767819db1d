import { expect, test } from "vitest";
import { channel, connectedTo } from "./channels.ts";
import type { ForeignHeaders } from "./clients/client.ts";
import { startWorker } from "./programs/running.ts";
import { journals } from "./record/journals.ts";
import { recordedIn } from "./record/recorded.ts";

const traceId = "12345678901234567890123456789012";
const spanId = "1234567890123456";
const traceparent = `00-${traceId}-${spanId}-01`;
const bytes = Buffer.of(0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28, 0xf0, 0x9f);

/** By what is wrong with them, headers of which nothing can be taken over. */
const poisons: Readonly<Record<string, ForeignHeaders>> = {
  "no trace context at all": { traceparent: "garbage" },
  "ids of zeros": { traceparent: `00-${"0".repeat(32)}-${"0".repeat(16)}-01` },
  "a version that cannot be": { traceparent: `ff-${traceId}-${spanId}-01` },
  "capital letters": { traceparent: traceparent.replaceAll("1", "A") },
  "bytes that are no text": { traceparent: bytes },
  "more nines than any limit": { traceparent: "9".repeat(30_000) },
  "a tracestate alone": { tracestate: "vendor=1" },
  "baggage larger than any limit": { baggage: `spoor.turn=${"x".repeat(20_000)}` },
  "baggage that is none": { baggage: "==;;,,%ZZ=%E0%A4%A,=,\u{1f3f4}" },
  "baggage of bytes": { baggage: bytes },
};

test("a poisoned message is handled like any other, in a turn that says what could not be read", async () => {
  const folders = journals("one folder");
  const job = await channel(["worker"]);
  const worker = startWorker(folders.next(), { ...job, agent: "worker", relation: "link" });
  await worker.says("ready");
  const sender = await connectedTo(job);
  const names = Object.keys(poisons);
  for (const name of names) {
    const body = { messageId: name, conversationId: "poisoned", payload: { task: "work" } };
    await sender.sendForeign(body, poisons[name] ?? {});
  }
  const handled = await worker.says("handled", names.length);
  expect(await worker.stop()).toMatchObject({ failures: 0, refused: 0, lost: 0 });

  expect(handled.map(({ messageId }) => messageId).toSorted()).toEqual(names.toSorted());
  const turns = recordedIn(...folders.all).turnsOf("poisoned");
  const said = turns.map(({ spans, links, status, marks }) => ({
    key: spans[0]?.key,
    works: spans.length - 1,
    links,
    status,
    unreadable: marks.filter(({ name }) => name === "carrier.unreadable").length,
  }));
  expect(said.toSorted((one, other) => String(one.key).localeCompare(String(other.key)))).toEqual(
    names
      .map((name) => `message:${name}`)
      .toSorted((one, other) => one.localeCompare(other))
      .map((key) => ({ key, works: 1, links: expect.anything(), status: "ok", unreadable: 1 })),
  );
});

test.each(["link", "parent"] as const)(
  "a trace of somebody who is not recorded is gone on with by %s, whatever its baggage is like",
  async (relation) => {
    const folders = journals("one folder");
    const job = await channel(["worker"]);
    const worker = startWorker(folders.next(), { ...job, agent: "worker", relation });
    await worker.says("ready");
    const sender = await connectedTo(job);
    const body = { messageId: "f", conversationId: "foreign", payload: { task: "work" } };
    await sender.sendForeign(body, { traceparent, baggage: bytes });
    const [handled] = await worker.says("handled");
    await worker.stop();

    const [turn] = recordedIn(...folders.all).turnsOf("foreign");
    const cause = { kind: "cause", traceId, spanId };
    if (relation === "link") {
      expect(turn?.links).toEqual([cause]);
      expect(turn?.traceId).not.toBe(traceId);
    } else expect(turn).toMatchObject({ traceId, spans: [{ parentSpanId: spanId }, {}] });
    expect(handled?.traceId).toBe(turn?.traceId);
  },
);
