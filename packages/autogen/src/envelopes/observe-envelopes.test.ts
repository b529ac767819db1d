import { carrierHere, createObserver } from "@spoor/core";
import { countingIds, manualClock } from "@spoor/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ActorEnvelope } from "./envelope.ts";
import type { EnvelopeOptions } from "./envelope-recorder.ts";
import { type Listening, listening, ofType, overTheWire, spansOf } from "./listening.fixture.ts";
import { observeEnvelopes, type ObservedEnvelopes } from "./observe-envelopes.ts";

const traceparent = "00-12345678901234567890123456789012-1234567890123456-01";
const same = <Value>(value: Value): Value => value;

function process(
  name: string,
  options: EnvelopeOptions = {},
): Listening & { readonly envelopes: ObservedEnvelopes } {
  const { observer, drafts } = listening(name);
  const envelopes = observeEnvelopes(observer, { newId: countingIds(name), ...options });
  return { observer, drafts, envelopes };
}

/** A turn of one message, as another process gets it. */
function sent(): { readonly sender: Listening; readonly envelope: ActorEnvelope } {
  const sender = process("a");
  const message = { messageId: "m1", conversationId: "c" };
  return { sender, envelope: overTheWire(sender.envelopes.send(message, same)) };
}

describe("a message without a cause", () => {
  test("begins a turn that lasts until it is delivered", async () => {
    const { envelopes, drafts } = process("a");
    const envelope = await envelopes.send(
      { messageId: "m1", messageType: "Task", recipient: "worker", payload: { n: 1 } },
      async (outgoing) => outgoing,
    );
    expect(envelope).toMatchObject({ kind: "send", messageId: "m1", conversationId: "m1" });
    expect(drafts.map(({ type }) => type)).toEqual([
      "session.started",
      "turn.started",
      "message.sent",
      "turn.ended",
    ]);
    expect(ofType(drafts, "session.started")).toMatchObject([{ session: "m1", inferred: true }]);
    expect(ofType(drafts, "turn.started")).toMatchObject([{ name: "Task", input: { n: 1 } }]);
    expect(ofType(drafts, "turn.ended")[0]).not.toHaveProperty("output");
  });

  test("that cannot be delivered fails its turn, and the error is the caller's", async () => {
    const { envelopes, drafts } = process("a");
    const error = new Error("broker is away");
    await expect(envelopes.publish({}, () => Promise.reject(error))).rejects.toBe(error);
    expect(ofType(drafts, "turn.ended")).toMatchObject([{ outcome: { status: "error" } }]);
  });

  test("keeps the fields of its runtime beside ours", () => {
    const { envelopes } = process("a");
    expect(envelopes.send({ messageId: "m1", partition: 3 }, same)).toMatchObject({
      partition: 3,
      messageId: "m1",
    });
  });
});

describe("a message in another process", () => {
  test("carries the ids of the very span that sent it", () => {
    const { sender, envelope } = sent();
    const [turn] = spansOf(sender.drafts);
    expect(envelope.headers["traceparent"]).toBe(`00-${turn?.traceId}-${turn?.spanId}-01`);
  });

  test("is handled in the sender's trace, under its turn, though nothing else of it is known there", () => {
    const { sender, envelope } = sent();
    const receiver = process("b");
    receiver.envelopes.handle("worker", envelope, () => "done");
    const [turn] = spansOf(sender.drafts);
    const [handling] = spansOf(receiver.drafts);
    expect(handling).toMatchObject({
      kind: "agent",
      agent: "worker",
      traceId: turn?.traceId,
      parentSpanId: turn?.spanId,
      causedBy: turn?.spanId,
      status: "ok",
    });
  });

  test("with a poisoned header begins a turn of its own, which says what was wrong", () => {
    const { envelope } = sent();
    const headers = {
      ...envelope.headers,
      traceparent: `00-${"0".repeat(32)}-${"g".repeat(16)}-01`,
    };
    const receiver = process("b");
    receiver.envelopes.handle("worker", { ...envelope, headers }, () => {});
    expect(ofType(receiver.drafts, "turn.started")).toHaveLength(1);
    expect(ofType(receiver.drafts, "turn.started")[0]).not.toHaveProperty("links");
    expect(ofType(receiver.drafts, "native.noted")).toMatchObject([
      {
        name: "carrier.unreadable",
        warns: true,
        native: [{ field: "traceparent", fault: "malformed" }],
      },
    ]);
    expect(JSON.stringify(receiver.drafts)).not.toContain("ggg");
  });

  test("in a conversation of another name is a turn that is linked to its sender", () => {
    const { envelopes, drafts } = process("a");
    const inner = envelopes.handle("planner", { id: "m0", conversationId: "c" }, () =>
      envelopes.send({ messageId: "m1", conversationId: "d" }, same),
    );
    const receiver = process("b");
    receiver.envelopes.handle("worker", overTheWire(inner), () => {});
    const planner = spansOf(drafts).find(({ kind }) => kind === "agent");
    const turn = spansOf(receiver.drafts).find(({ kind }) => kind === "turn");
    expect(turn?.links).toEqual([
      { kind: "cause", traceId: planner?.traceId, spanId: planner?.spanId },
    ]);
    expect(turn?.traceId).not.toBe(planner?.traceId);
  });
});

describe("a message of a sender that is not recorded", () => {
  const foreign = { id: "m1", conversationId: "c", headers: { traceparent } };

  test("begins a turn in a trace of its own, linked to its sender", () => {
    const { envelopes, drafts } = process("b");
    envelopes.handle("worker", foreign, () => "done");
    const [turn, handling] = spansOf(drafts);
    expect(turn?.links).toEqual([
      { kind: "cause", traceId: traceparent.slice(3, 35), spanId: traceparent.slice(36, 52) },
    ]);
    expect(turn?.traceId).not.toBe(traceparent.slice(3, 35));
    expect(handling).toMatchObject({ kind: "agent", parentSpanId: turn?.spanId });
  });

  test("continues the sender's trace where that is asked for", () => {
    const { envelopes, drafts } = process("b", { relation: "parent" });
    envelopes.handle("worker", foreign, () => "done");
    const [turn] = spansOf(drafts);
    expect(turn).toMatchObject({
      traceId: traceparent.slice(3, 35),
      parentSpanId: traceparent.slice(36, 52),
      links: [],
    });
  });

  test("is found by headers that lie beside it", () => {
    const { envelopes, drafts } = process("b");
    const headers = { traceparent: Buffer.from(traceparent) };
    envelopes.handle("worker", { id: "m1" }, () => {}, { headers });
    expect(ofType(drafts, "turn.started")).toMatchObject([
      { links: [{ kind: "cause", carrier: { traceparent } }] },
    ]);
  });
});

test("a message of nobody's turn that several agents handle is one turn", () => {
  const published = { id: "m1", conversationId: "c", topic: "work", headers: { traceparent } };
  const [one, other] = [process("b"), process("c")];
  one.envelopes.handle("searcher", published, () => {});
  one.envelopes.handle("counter", published, () => {});
  other.envelopes.handle("reviewer", published, () => {});
  const [turn, ...handlings] = spansOf(one.drafts, other.drafts);
  expect(turn?.kind).toBe("turn");
  expect(handlings.map(({ agent }) => agent)).toEqual(["searcher", "counter", "reviewer"]);
  for (const handling of handlings) expect(handling.parentSpanId).toBe(turn?.spanId);
});

describe("a message that comes again", () => {
  test("is another attempt, as the transport counts or as often as it was seen", () => {
    const { envelopes, drafts } = process("b");
    const message = { id: "m1", conversationId: "c" };
    envelopes.handle("worker", message, () => {});
    envelopes.handle("worker", message, () => {});
    envelopes.handle("worker", { ...message, deliveryAttempt: 7 }, () => {});
    envelopes.handle("worker", message, () => {}, { attempt: 9 });
    envelopes.handle("other", message, () => {});
    expect(ofType(drafts, "work.started").map(({ agent, attempt }) => [agent, attempt])).toEqual([
      ["worker", undefined],
      ["worker", 2],
      ["worker", 7],
      ["worker", 9],
      ["other", undefined],
    ]);
  });

  test("after its consumer was killed is the end of what that one began", () => {
    const envelope = overTheWire(process("a").envelopes.send({ messageId: "m1" }, same));
    const killed = process("b");
    void killed.envelopes.handle("worker", envelope, () => new Promise(() => {}));
    const restarted = process("c");
    restarted.envelopes.handle("worker", envelope, () => "done");
    expect(spansOf(killed.drafts)).toMatchObject([{ status: "open" }]);
    expect(spansOf(killed.drafts, restarted.drafts)).toMatchObject([{ status: "ok" }]);
  });
});

describe("messages that are handled together", () => {
  test("of one turn are work of that turn, and each is received", () => {
    const { envelopes, drafts } = process("a");
    const batch = envelopes.handle("planner", { id: "m0", conversationId: "c" }, () =>
      ["m1", "m2"].map((messageId) => envelopes.send({ messageId }, same)),
    );
    const joined = process("b");
    joined.envelopes.handleAll("joiner", overTheWire(batch), (all) => expect(all).toHaveLength(2));
    const planner = spansOf(drafts).find(
      ({ agent, kind }) => agent === "planner" && kind === "agent",
    );
    expect(spansOf(joined.drafts)).toMatchObject([{ causedBy: planner?.spanId, attempt: null }]);
    expect(spansOf(drafts, joined.drafts).at(-1)).toMatchObject({
      turnSpanId: planner?.turnSpanId,
      links: ["m1", "m2"].map(() => ({ kind: "cause", spanId: planner?.spanId })),
    });
    expect(ofType(joined.drafts, "message.received").map(({ mark }) => mark)).toEqual(["m1", "m2"]);
  });

  test("of several turns begin one that is linked to every sender", () => {
    const { envelopes, drafts } = process("a");
    const batch = ["m1", "m2"].map((messageId) => envelopes.send({ messageId }, same));
    const joined = process("b");
    joined.envelopes.handleAll("joiner", overTheWire(batch), () => {});
    const turn = spansOf(joined.drafts).find(({ kind }) => kind === "turn");
    expect(turn?.links.map(({ spanId }) => spanId)).toEqual(
      spansOf(drafts).map(({ spanId }) => spanId),
    );
  });

  test("that are none are handled and not recorded", () => {
    const { envelopes, drafts } = process("a");
    expect(envelopes.handleAll("joiner", [], (all) => all.length)).toBe(0);
    expect(drafts).toEqual([]);
  });
});

describe("clocks that differ", () => {
  test("move nothing in the record", () => {
    const { envelopes, drafts } = process("b");
    const createdAt = "2099-01-01T00:00:00Z";
    envelopes.handle("worker", { id: "m1", createdAt }, () => {});
    for (const draft of drafts) expect(draft).not.toHaveProperty("at");
    expect(ofType(drafts, "message.received")).toMatchObject([{ native: { createdAt } }]);
  });

  test("decide by the handler's own clock whether a deadline was missed", () => {
    const { now, advance } = manualClock(1_000);
    const { envelopes, drafts } = process("b", { clock: now });
    envelopes.handle("worker", { id: "m1", deadline: 1_000 }, () => {});
    expect(ofType(drafts, "limit.reached")).toEqual([]);
    advance(1);
    envelopes.handle("worker", { id: "m2", deadline: 1_000 }, () => {});
    expect(ofType(drafts, "limit.reached")).toMatchObject([{ limit: "deadline", value: 1_000 }]);
  });
});

test("what became of a message is a fact, on the work that had it", () => {
  const { envelopes, drafts } = process("b");
  envelopes.handle("worker", { id: "m1", conversationId: "c" }, () =>
    envelopes.rejected({ id: "m1" }, "busy"),
  );
  envelopes.dropped({ id: "m2", conversationId: "c" });
  const sent = envelopes.send({ messageId: "m3", conversationId: "c" }, same);
  envelopes.deadLettered({ ...sent, headers: {} }, "after 5 attempts", {
    headers: sent.headers,
    attempt: 5,
  });
  envelopes.expired({ id: "m4", conversationId: "c" });
  const facts = ofType(drafts, "message.unhandled");
  expect(facts.map(({ fate, message, on }) => [fate, message, on])).toEqual([
    ["rejected", "m1", ofType(drafts, "work.started")[0]?.key],
    ["dropped", "m2", null],
    ["dead-lettered", "m3", "message:m3"],
    ["expired", "m4", null],
  ]);
  expect(facts.map(({ attempt, reason }) => [attempt, reason])).toEqual([
    [undefined, "busy"],
    [undefined, undefined],
    [5, "after 5 attempts"],
    [undefined, undefined],
  ]);
});

test("an answer goes to whoever asked, repeats the correlation id and names its cause", () => {
  const { envelopes } = process("b");
  const request = { id: "m1", conversationId: "c", sender: "planner", correlationId: "7" };
  const answer = { recipient: "planner", correlationId: "7", causationId: "m1", kind: "response" };
  envelopes.handle("worker", request, () =>
    expect(envelopes.respond(request, { payload: 2 }, same)).toMatchObject(answer),
  );
});

test("an answer that is sent after the work is done keeps the trace that the request came with", () => {
  const { envelopes, drafts } = process("b");
  const request = { id: "m1", conversationId: "c", headers: { traceparent } };
  expect(envelopes.respond(request, {}, same).headers).toEqual({ traceparent });
  expect(ofType(drafts, "message.sent")).toMatchObject([{ on: null, session: "c" }]);
  expect(ofType(drafts, "turn.started")).toEqual([]);
});

test("a message that is sent by work recorded by hand hangs on that", () => {
  const { observer, envelopes, drafts } = process("a");
  const envelope = observer
    .session({ id: "c" })
    .turn({ key: "by hand" }, () => envelopes.send({ messageId: "m1" }, same));
  expect(ofType(drafts, "message.sent")).toMatchObject([{ session: "c", on: "by hand" }]);
  envelopes.handle("worker", overTheWire(envelope), () => {
    expect(envelopes.active()?.session).toBe("c");
  });
  const [turn, handling] = spansOf(drafts);
  expect(handling).toMatchObject({ kind: "agent", parentSpanId: turn?.spanId });
});

test("a message that is sent deep inside a turn recorded by hand is handled flat in it, linked to what sent it", () => {
  const { observer, envelopes, drafts } = process("a");
  const envelope = observer
    .session({ id: "c" })
    .turn({ key: "by hand" }, (turn) =>
      turn.tool("post", () => envelopes.send({ messageId: "m1" }, same)),
    );
  envelopes.handle("worker", overTheWire(envelope), () => {});
  const [turn, tool, handling] = spansOf(drafts);
  expect(handling).toMatchObject({
    parentSpanId: turn?.spanId,
    turnSpanId: turn?.spanId,
    causedBy: tool?.spanId,
    links: [{ kind: "cause", spanId: tool?.spanId }],
  });
});

test("what a handler does is known to the observer, and so are messages of its tools", () => {
  const { observer, envelopes, drafts } = process("a");
  envelopes.handle("worker", { id: "m1", conversationId: "c" }, () => {
    expect(observer.active()).toBe(envelopes.active());
    expect(carrierHere(observer)).toEqual(carrierHere(envelopes));
    observer.active()?.tool("post", () => envelopes.send({ messageId: "m2" }, same));
  });
  expect(observer.active()).toBeNull();
  const tool = spansOf(drafts).find(({ kind }) => kind === "tool");
  expect(ofType(drafts, "message.sent")).toMatchObject([
    { on: tool?.key, native: { causationId: "m1" } },
  ]);
});

test("a handler that a bus calls right where the message was sent is its own work, and not the sender's", () => {
  const { observer, envelopes, drafts } = process("a");
  observer
    .session({ id: "c" })
    .turn({ key: "by hand" }, () =>
      envelopes.send({ messageId: "m1" }, (envelope) =>
        envelopes.handle("worker", envelope, () => envelopes.send({ messageId: "m2" }, same)),
      ),
    );
  const [handling] = ofType(drafts, "work.started");
  expect(ofType(drafts, "message.sent").map(({ on }) => on)).toEqual(["by hand", handling?.key]);
});

test("a message that lost its conversation on the way is a turn that is linked to its sender", () => {
  const { conversationId: _lost, ...envelope } = sent().envelope;
  const receiver = process("b");
  receiver.envelopes.handle("worker", envelope, () => {});
  const { traceparent } = envelope.headers;
  expect(ofType(receiver.drafts, "turn.started")).toMatchObject([
    { session: "m1", links: [{ kind: "cause", carrier: { traceparent } }] },
  ]);
});

test("what is in hand is known across awaits, and gone after the handler", async () => {
  const { envelopes } = process("b");
  await envelopes.handle("worker", { id: "m1" }, async () => {
    const before = envelopes.active();
    await Promise.resolve();
    expect(envelopes.active()).toBe(before);
    expect(before).not.toBeNull();
  });
  expect(envelopes.active()).toBeNull();
});

test("a request that a handler sends by other means carries the handler's span", () => {
  const { envelopes, drafts } = process("b");
  const carrier = envelopes.handle("worker", { id: "m1" }, () => carrierHere(envelopes));
  const handling = spansOf(drafts).find(({ kind }) => kind === "agent");
  expect(carrier?.traceparent).toBe(`00-${handling?.traceId}-${handling?.spanId}-01`);
  expect(carrierHere(envelopes)).toBeNull();
});

test("whatever is handed over, the handler gets its turn and nothing throws", async () => {
  const hostile = fc.oneof(
    fc.anything(),
    fc.dictionary(fc.constantFrom("id", "headers", "conversationId", "topic"), fc.anything()),
  );
  const observer = createObserver({ journal: "memory", flushOnExit: false });
  const envelopes = observeEnvelopes(observer);
  fc.assert(
    fc.property(hostile, (given) => {
      expect(envelopes.handle("worker", given, () => "mine")).toBe("mine");
      expect(envelopes.send(given as object, () => "mine")).toBe("mine");
      expect(envelopes.respond(given, {}, () => "mine")).toBe("mine");
      envelopes.dropped(given);
    }),
  );
  await observer.close({ timeoutMs: 0 });
});

test("an observer that breaks is counted, and the agents go on", () => {
  const { observer } = listening();
  const broken = {
    ...observer,
    emit: () => {
      throw new Error("not promised");
    },
  };
  const envelopes = observeEnvelopes(broken);
  expect(envelopes.handle("worker", { id: "m1" }, () => "mine")).toBe("mine");
  expect(envelopes.send({ messageId: "m1" }, ({ messageId }) => messageId)).toBe("m1");
  expect(envelopes.failures).toBe(2);
});

test("a message whose own fields throw is sent with those that can be read", () => {
  const { envelopes } = process("a", {
    newId: () => {
      throw new Error("no ids left");
    },
  });
  const hostile = {
    topic: "work",
    get partition(): number {
      throw new Error("no");
    },
  };
  expect(envelopes.publish(hostile, ({ topic }) => topic)).toBe("work");
  expect(envelopes.failures).toBe(2);
});

test("an answer, or options, whose own fields throw are the application's to find out, and no error of the record", () => {
  const hostile: object = new Proxy(
    {},
    {
      get() {
        throw new Error("no");
      },
      ownKeys() {
        throw new Error("no");
      },
    },
  );
  const { envelopes, drafts } = process("a");
  expect(envelopes.respond({ messageId: "m1" }, hostile, () => "delivered")).toBe("delivered");
  for (const options of [hostile, null as unknown as object]) {
    expect(envelopes.handle("a", { messageId: "m2" }, () => "handled", options)).toBe("handled");
    envelopes.dropped({ messageId: "m2" }, "nobody", options);
  }
  expect(envelopes.failures).toBe(4);
  expect(ofType(drafts, "message.received")).toHaveLength(1);
});

test("a count that is no count is taken for none, and what was handled is in the record", () => {
  for (const attempt of [Number.NaN, -1, 0, 1.5, Infinity]) {
    const { envelopes, drafts } = process("a");
    const message = { messageId: "m1", conversationId: "c" };
    for (let time = 0; time < 2; time += 1)
      envelopes.handle("worker", message, () => null, { attempt });
    envelopes.rejected(message, "busy", { attempt });
    const handlings = spansOf(drafts).filter(({ kind }) => kind === "agent");
    expect(handlings.map((span) => [span.attempt, span.status])).toEqual([
      [null, "ok"],
      [2, "ok"],
    ]);
    const [rejected] = ofType(drafts, "message.unhandled");
    expect(rejected).not.toHaveProperty("attempt");
  }
});

test("says between whom a message went: an actor, or a topic", () => {
  const { envelopes, drafts } = process("a");
  const asked = { messageId: "m1", sender: "planner", recipient: { type: "sights", key: "7" } };
  envelopes.send(asked as never, same);
  envelopes.publish({ messageId: "m2", topic: "tasks" }, same);
  envelopes.dropped({ messageId: "m1", sender: "planner", recipient: "sights" });
  const [first, second] = ofType(drafts, "message.sent");
  expect(first).toMatchObject({ from: "planner", to: "sights/7" });
  expect(second).toMatchObject({ to: "tasks" });
  expect(second).not.toHaveProperty("from");
  expect(ofType(drafts, "message.unhandled")).toMatchObject([{ from: "planner", to: "sights" }]);
});
