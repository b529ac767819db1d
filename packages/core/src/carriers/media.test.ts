import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { extract } from "./extract.ts";
import { inject } from "./inject.ts";
import { rawList } from "./media/entries.ts";
import { environment } from "./media/environment.ts";
import type { Medium } from "./medium.ts";

const traceparent = "00-12345678901234567890123456789012-1234567890123456-01";
const old = `00-${"b".repeat(32)}-${"c".repeat(16)}-01`;
const carrier = { traceparent, tracestate: "foo=1,bar=2" };
const baggage = [{ key: "tenant", value: "acme" }];
const context = { carrier, baggage };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a context is read from", () => {
  const incoming: IncomingHttpHeaders = {
    traceparent,
    tracestate: ["foo=1", "bar=2"],
    baggage: "tenant=acme",
    cookie: "a=b",
  };
  test.each<[string, object]>([
    ["a plain object", { traceparent, tracestate: "foo=1,bar=2", baggage: "tenant=acme" }],
    [
      "names in any spelling",
      { TraceParent: traceparent, TRACESTATE: "foo=1,bar=2", Baggage: "tenant=acme" },
    ],
    ["what Node made of a request", incoming],
    ["an object without a prototype", Object.assign(Object.create(null), incoming)],
    [
      "lists under each name",
      { traceparent: [traceparent], tracestate: ["foo=1", "bar=2"], baggage: ["tenant=acme"] },
    ],
    ["headers of fetch", new Headers({ ...carrier, baggage: "tenant=acme" })],
    ["a map", new Map([...Object.entries(carrier), ["baggage", "tenant=acme"]])],
    [
      "pairs",
      [
        ["tracestate", "foo=1"],
        ["Traceparent", traceparent],
        ["tracestate", "bar=2"],
        ["baggage", "tenant=acme"],
      ],
    ],
    [
      "a class that lists names with lists",
      {
        *[Symbol.iterator]() {
          yield ["traceparent", [traceparent]];
          yield ["tracestate", ["foo=1", "bar=2"]];
          yield ["baggage", ["tenant=acme"]];
        },
      },
    ],
    [
      "names and values in turn",
      [
        "Traceparent",
        traceparent,
        "tracestate",
        "foo=1",
        "tracestate",
        "bar=2",
        "baggage",
        "tenant=acme",
      ],
    ],
    [
      "bytes",
      {
        traceparent: Buffer.from(traceparent),
        tracestate: [bytes("foo=1"), "bar=2"],
        baggage: bytes("tenant=acme"),
      },
    ],
    [
      "an environment",
      environment({ TRACEPARENT: traceparent, TRACESTATE: "foo=1,bar=2", BAGGAGE: "tenant=acme" }),
    ],
  ])("%s", (_, from) => {
    expect(extract(from)).toEqual({ carrier, baggage, problems: [] });
  });

  test("what the application's own medium holds", () => {
    const attributes = new Map([["traceparent", { StringValue: traceparent }]]);
    const queue: Medium<string> = {
      given: "as it was",
      valuesOf: (field) => [attributes.get(field)?.StringValue],
      filledWith: (fields) => `with ${Object.keys(fields).join(" and ")}`,
    };
    expect(extract(queue).carrier).toEqual({ traceparent });
    expect(inject(context, queue)).toBe("with traceparent and tracestate and baggage");
  });

  test.each([[null], [undefined], [{}], [[]], [new Map()], [new Headers()], [environment({})]])(
    "nothing, where nothing is there: %j",
    (from) => {
      expect(extract(from)).toEqual({ carrier: null, baggage: [], problems: [] });
    },
  );

  test("nothing in the environment that is spelt otherwise or empty", () => {
    const variables = { traceparent, TRACEPARENT: "", Baggage: "a=1" };
    expect(extract(environment(variables))).toEqual({ carrier: null, baggage: [], problems: [] });
  });
});

describe("a context is written into", () => {
  test("a plain object: a new one, in which each name stands once", () => {
    const given = Object.freeze({ accept: "text/plain", TraceParent: old, TRACESTATE: "old=1" });
    expect(inject(context, given)).toEqual({
      accept: "text/plain",
      traceparent,
      tracestate: "foo=1,bar=2",
      baggage: "tenant=acme",
    });
    expect(given).toEqual({ accept: "text/plain", TraceParent: old, TRACESTATE: "old=1" });
  });

  test("an object with bytes, which stay bytes", () => {
    const given = { type: Buffer.from("order"), traceparent: Buffer.from(old) };
    expect(inject({ carrier: { traceparent } }, given)).toEqual({ type: given.type, traceparent });
  });

  test("headers of fetch: new ones, each cookie kept", () => {
    const given = new Headers([
      ["traceparent", old],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    const filled = inject(context, given);
    expect(filled.get("traceparent")).toBe(traceparent);
    expect(filled.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(given.get("traceparent")).toBe(old);
  });

  test("a map: a new one", () => {
    const given = new Map([
      ["Traceparent", old],
      ["x", "1"],
    ]);
    const filled = inject({ carrier: { traceparent } }, given);
    expect(filled).toEqual(
      new Map([
        ["x", "1"],
        ["traceparent", traceparent],
      ]),
    );
    expect(given.get("Traceparent")).toBe(old);
  });

  test("pairs, and what lists them: new pairs", () => {
    const given = [
      ["Traceparent", old],
      ["x", "1"],
      ["x", "2"],
    ] as const;
    const expected = [
      ["x", "1"],
      ["x", "2"],
      ["traceparent", traceparent],
    ];
    expect(inject({ carrier: { traceparent } }, given)).toEqual(expected);
    expect(inject({ carrier: { traceparent } }, new Set(given))).toEqual(expected);
    expect(inject({ carrier: { traceparent } }, [])).toEqual([["traceparent", traceparent]]);
  });

  test("names and values in turn", () => {
    const given = rawList(["Traceparent", old, "X", "1"]);
    expect(inject({ carrier: { traceparent } }, given)).toEqual([
      "X",
      "1",
      "traceparent",
      traceparent,
    ]);
    expect(inject({ carrier: { traceparent } }, rawList([]))).toEqual(["traceparent", traceparent]);
  });

  test("an environment, in capitals, without what belonged to another trace", () => {
    const given = { PATH: "/bin", TRACEPARENT: old, TRACESTATE: "old=1", BAGGAGE: "a=1" };
    expect(inject({ carrier: { traceparent } }, environment(given))).toEqual({
      PATH: "/bin",
      TRACEPARENT: traceparent,
      BAGGAGE: "a=1",
    });
    expect(given.TRACEPARENT).toBe(old);
  });
});

describe("hostile input", () => {
  const hostile: object = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
      ownKeys: () => {
        throw new Error("no");
      },
      getPrototypeOf: () => {
        throw new Error("no");
      },
    },
  );

  test("a getter that throws costs its own field and no other", () => {
    const from = {
      traceparent,
      get baggage(): string {
        throw new Error("no");
      },
      get unrelated(): string {
        throw new Error("no");
      },
    };
    const { carrier, problems } = extract(from);
    expect(carrier).toEqual({ traceparent });
    expect(problems).toEqual([
      { field: "baggage", fault: "unreadable", text: "baggage threw when it was read" },
    ]);
  });

  test("what throws at every touch is a problem that is said, and goes out as it came", () => {
    const told: unknown[] = [];
    expect(extract(hostile).problems.map(({ fault }) => fault)).toEqual(["unreadable"]);
    expect(
      inject(context, hostile as Record<string, string>, (problem) => told.push(problem.fault)),
    ).toBe(hostile);
    expect(told).toEqual(["unreadable"]);
  });

  test("an environment that cannot be copied goes out as it came", () => {
    const told: unknown[] = [];
    const variables = hostile as Record<string, string>;
    const filled = inject(context, environment(variables), (problem) => told.push(problem.fault));
    expect(filled).toBe(variables);
    expect(told).toEqual(["unreadable"]);
  });

  test("what names no values is a problem that is said", () => {
    for (const from of [Buffer.from(traceparent), new DataView(new ArrayBuffer(2))])
      expect(extract(from).problems.map(({ field, fault }) => [field, fault])).toEqual([
        [null, "unreadable"],
      ]);
  });

  test.each([
    [1],
    [true],
    [{ value: traceparent }],
    [[[traceparent]]],
    [Symbol("x")],
    [() => traceparent],
  ])("a value that is no text is not made into one: %s", (value) => {
    const { carrier, problems } = extract({ traceparent: value });
    expect(carrier).toBeNull();
    expect(problems.map(({ fault }) => fault)).toEqual(["not text"]);
  });

  test("a value of any length costs little and is left out", () => {
    const huge = "a=1,".repeat(5_000_000);
    const { problems } = extract({ traceparent, tracestate: huge, baggage: Buffer.from(huge) });
    expect(problems.map(({ field, fault }) => [field, fault])).toEqual([
      ["tracestate", "too long"],
      ["baggage", "too long"],
    ]);
  });

  test("bytes are bounded by their number, whatever they spell", () => {
    const { problems } = extract({ baggage: Buffer.from("é".repeat(40_000)) });
    expect(problems.map(({ fault }) => fault)).toEqual(["too long"]);
  });

  test("names of a prototype are neither read nor changed", () => {
    const given: Record<string, string> = JSON.parse(`{"__proto__":"x","constructor":"y"}`);
    const inherited: object = Object.create({ traceparent });
    const filled = inject(context, given);
    expect(extract(inherited).carrier).toBeNull();
    expect(extract(environment(Object.create({ TRACEPARENT: traceparent }))).carrier).toBeNull();
    expect(Object.getPrototypeOf(filled)).toBe(Object.prototype);
    expect(Object.entries(filled).slice(0, 2)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(
      extract(JSON.parse(`{"__proto__":{"traceparent":"${traceparent}"}}`)).carrier,
    ).toBeNull();
  });
});
