import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEnvelope } from "./read-envelope.ts";

const never = (): string => {
  throw new Error("an id was made though there was one");
};

describe("an envelope is read whatever its fields are called", () => {
  test("as AutoGen's runtime has them", () => {
    const envelope = {
      message: { content: "x" },
      sender: { type: "planner", key: "default" },
      topic_id: { type: "work", source: "default" },
      message_id: "m1",
      metadata: { traceparent: "00-…" },
    };
    expect(readEnvelope(envelope, never)).toEqual({
      kind: "publish",
      messageId: "m1",
      sender: "planner/default",
      topic: "work/default",
      headers: { traceparent: "00-…" },
      payload: { content: "x" },
    });
  });

  test("as a CloudEvent has them", () => {
    const event = {
      id: "e1",
      type: "task.created",
      source: "/planner",
      time: "2026-01-01T00:00:00Z",
      data: 1,
    };
    expect(readEnvelope(event, never)).toEqual({
      kind: "send",
      messageId: "e1",
      messageType: "task.created",
      sender: "/planner",
      createdAt: "2026-01-01T00:00:00Z",
      headers: {},
      payload: 1,
    });
  });

  test("with the headers of AMQP, a map, or a class that lists pairs", () => {
    const headers = { "x-delivery-count": 1 };
    const forms = [{ properties: { headers } }, { headers: new Map(Object.entries(headers)) }];
    for (const form of forms)
      expect(readEnvelope({ id: 1, ...form }, never)).toMatchObject({ messageId: "1", headers });
  });

  test("with a deadline as a number, a text or a date", () => {
    const ms = Date.UTC(2026, 0, 1);
    for (const deadline of [ms, "2026-01-01T00:00:00.000Z", new Date(ms)])
      expect(readEnvelope({ id: "1", expires_at: deadline }, never).deadline).toBe(ms);
    expect(readEnvelope({ id: "1", deadline: "soon" }, never)).not.toHaveProperty("deadline");
  });
});

test("a message without an id gets one, and says that nobody had named it", () => {
  expect(readEnvelope({ payload: 1 }, () => "made")).toMatchObject({
    messageId: "made",
    inferred: true,
  });
  expect(readEnvelope({ id: "" }, () => "made")).toMatchObject({ inferred: true });
});

test("what is no envelope is the payload of one", () => {
  for (const payload of ["text", 7, [1, 2]])
    expect(readEnvelope(payload, () => "made")).toMatchObject({ payload, kind: "send" });
});

test("nothing throws, and what is read is read the same again", () => {
  const field = fc.constantFrom(
    "id",
    "headers",
    "topic",
    "deadline",
    "attempt",
    "properties",
    "to",
  );
  const anything = fc.oneof(fc.anything(), fc.dictionary(field, fc.anything()));
  fc.assert(
    fc.property(anything, (given) => {
      const envelope = readEnvelope(given, () => "made");
      expect(readEnvelope({ ...envelope, inferred: undefined }, never)).toEqual(
        without(envelope, "inferred"),
      );
    }),
  );
});

function without(whole: object, name: string): object {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));
}

test("a getter that throws is a field that is not there", () => {
  const hostile = {
    messageId: "m1",
    get payload(): never {
      throw new Error("no");
    },
  };
  expect(readEnvelope(hostile, never)).toEqual({ kind: "send", messageId: "m1", headers: {} });
});

test("what cannot even be asked what it is, is a payload, or not there", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(readEnvelope(proxy, () => "made")).toMatchObject({ messageId: "made", inferred: true });
  const read = { messageId: "m1", headers: proxy, properties: proxy, sender: proxy };
  expect(readEnvelope(read, never)).toEqual({ kind: "send", messageId: "m1", headers: {} });
});
