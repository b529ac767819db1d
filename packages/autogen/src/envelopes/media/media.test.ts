import { extract, inject, rawList } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { bullmqOptions } from "./bullmq.ts";
import { cloudEventAttributes, cloudEventHeaders } from "./cloud-events.ts";
import { type NatsHeaders, natsHeaders } from "./nats.ts";

const traceparent = "00-12345678901234567890123456789012-1234567890123456-01";
const old = `00-${"b".repeat(32)}-${"c".repeat(16)}-01`;
const carrier = { traceparent, tracestate: "foo=1" };
const baggage = [{ key: "spoor.turn", value: "message:1" }];
const context = { carrier, baggage };
const fields = { traceparent, tracestate: "foo=1", baggage: "spoor.turn=message:1" };

/** As nats.js has them: names as they were spelt, several values under each. */
class MessageHeaders implements NatsHeaders {
  readonly #values: Map<string, string[]> = new Map();

  append(name: string, value: string): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }

  [Symbol.iterator](): Iterator<[string, string[]]> {
    return this.#values[Symbol.iterator]();
  }
}

function headersOf(said: Readonly<Record<string, string>>): MessageHeaders {
  const headers = new MessageHeaders();
  for (const [name, value] of Object.entries(said)) headers.append(name, value);
  return headers;
}

describe("what a transport carries is read", () => {
  test.each<[string, object]>([
    ["out of an in-process envelope", fields],
    [
      "out of the headers of kafkajs, which are bytes",
      {
        traceparent: Buffer.from(traceparent),
        tracestate: Buffer.from("foo=1"),
        baggage: [Buffer.from(fields.baggage)],
      },
    ],
    ["out of `properties.headers` of amqplib", { "x-delivery-count": 1, ...fields }],
    [
      "out of a NATS message",
      headersOf({ Traceparent: traceparent, tracestate: "foo=1", baggage: fields.baggage }),
    ],
    [
      "out of a NATS message, by its medium",
      natsHeaders(headersOf(fields), headersOf.bind(null, {})),
    ],
    [
      "out of the fields of a Redis stream entry",
      ["payload", "{}", ...Object.entries(fields).flat()],
    ],
    ["out of a BullMQ job", bullmqOptions({ telemetry: { metadata: JSON.stringify(fields) } })],
    ["out of `_meta` of MCP", { progressToken: 1, ...fields }],
    [
      "out of a CloudEvent in structured mode",
      { specversion: "1.0", id: "1", type: "t", ...fields },
    ],
    [
      "out of a CloudEvent in binary mode, past the header of the hop",
      cloudEventHeaders({
        traceparent: old,
        "CE-TraceParent": traceparent,
        "ce-tracestate": "foo=1",
        "ce-baggage": fields.baggage,
      }),
    ],
    [
      "out of a CloudEvent of AutoGen's workers",
      cloudEventAttributes({
        agmsgkind: { ceString: "publish" },
        traceparent: { ceString: traceparent },
        tracestate: { ce_string: "foo=1" },
        baggage: { ceString: fields.baggage },
      }),
    ],
  ])("%s", (_, from) => {
    expect(extract(from)).toEqual({ ...context, problems: [] });
  });
});

test.each(["{", "5", '"text"', "null", "[]"])(
  "metadata %s of a BullMQ job is said to be unreadable, not to be absent",
  (metadata) => {
    const { carrier: read, problems } = extract(bullmqOptions({ telemetry: { metadata } }));
    expect(read).toBeNull();
    expect(problems.map(({ fault }) => fault)).toContain("unreadable");
  },
);

test("a BullMQ job that carries nothing has no problem", () => {
  for (const options of [{}, { telemetry: {} }, { telemetry: { omitContext: true } }])
    expect(extract(bullmqOptions(options))).toEqual({ carrier: null, baggage: [], problems: [] });
});

describe("what a transport carries is written", () => {
  test("into the options of a BullMQ job, beside all other options", () => {
    const options = Object.freeze({
      attempts: 3,
      telemetry: { omitContext: false, metadata: `{"TraceParent":"${old}","own":"1"}` },
    });
    const filled = inject(context, bullmqOptions(options));
    expect(filled).toMatchObject({ attempts: 3, telemetry: { omitContext: false } });
    expect(JSON.parse(filled.telemetry.metadata)).toEqual({ own: "1", ...fields });
  });

  test("into the options of a BullMQ job whose metadata is no JSON", () => {
    const filled = inject(context, bullmqOptions({ telemetry: { metadata: "{" } }));
    expect(extract(bullmqOptions(filled)).carrier).toEqual(carrier);
  });

  test("into new NATS headers, in which each name stands once", () => {
    const given = headersOf({ "Nats-Msg-Id": "1", Traceparent: old, TRACESTATE: "old=1" });
    const filled = inject(
      context,
      natsHeaders(given, () => headersOf({})),
    );
    expect([...filled]).toEqual([
      ["Nats-Msg-Id", ["1"]],
      ["traceparent", [traceparent]],
      ["tracestate", ["foo=1"]],
      ["baggage", [fields.baggage]],
    ]);
    expect([...given]).toHaveLength(3);
  });

  test("into the fields of a Redis stream entry", () => {
    expect(inject({ carrier: { traceparent } }, rawList(["payload", "{}"]))).toEqual([
      "payload",
      "{}",
      "traceparent",
      traceparent,
    ]);
  });

  test.each([
    ["http", "ce-traceparent"],
    ["kafka", "ce_traceparent"],
    ["amqp", "cloudEvents:traceparent"],
  ] as const)("into a CloudEvent in binary mode over %s", (transport, name) => {
    const filled = inject(
      { carrier: { traceparent } },
      cloudEventHeaders({ traceparent: old }, transport),
    );
    expect(filled).toEqual({ traceparent: old, [name]: traceparent });
  });

  test("into a CloudEvent of AutoGen's workers", () => {
    expect(inject({ carrier: { traceparent } }, cloudEventAttributes({}))).toEqual({
      traceparent: { ceString: traceparent },
    });
  });
});
