import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tracestate as arbitraryTracestate } from "./arbitrary-propagated.ts";
import { extract } from "./extract.ts";
import { parseTracestate, writeTracestate } from "./tracestate.ts";

const traceparent = "00-12345678901234567890123456789012-1234567890123456-00";

function kept(...tracestate: readonly string[]): string | undefined {
  return extract({ traceparent, tracestate }).carrier?.tracestate;
}

function faults(...tracestate: readonly string[]): readonly string[] {
  return extract({ traceparent, tracestate }).problems.map(({ fault }) => fault);
}

function numbered(count: number): string {
  return Array.from({ length: count }, (_, at) => `bar${at}=${at}`).join(",");
}

/** The cases of the harness in w3c/trace-context, test/test.py, at acab820. */
describe("a tracestate of the W3C harness", () => {
  test("comes in several headers, which are one, in their order", () => {
    expect(kept("foo=1,bar=2", "rojo=1,congo=2", "baz=3")).toBe("foo=1,bar=2,rojo=1,congo=2,baz=3");
  });

  test.each([
    ["foo=1 \t , \t bar=2, \t baz=3", "foo=1,bar=2,baz=3"],
    ["foo=1\t \t,\t \tbar=2,\t \tbaz=3", "foo=1,bar=2,baz=3"],
    ["\t foo=1 \t", "foo=1"],
    ["foo=1,,bar=2, ,", "foo=1,bar=2"],
    ["foo=  1", "foo=  1"],
  ])("may have blanks and empty members between the others: %j", (tracestate, expected) => {
    expect(kept(tracestate)).toBe(expected);
    expect(faults(tracestate)).toEqual([]);
  });

  test("is not there where it is empty", () => {
    expect(kept("")).toBeUndefined();
    expect(kept("", "foo=1", "")).toBe("foo=1");
    expect(faults("")).toEqual([]);
  });

  test.each(["foo@", "foo@@bar", "foo@bar@baz", "0", "z".repeat(256), `${"t".repeat(242)}@v`])(
    "may have the key %s",
    (key) => {
      expect(kept("foo=1", `${key}=2`)).toBe(`foo=1,${key}=2`);
    },
  );

  test("may hold every character that is allowed", () => {
    const key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/@";
    const value = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCharCode(0x20 + at))
      .join("")
      .replaceAll(/[,=]/g, "");
    expect(kept(`${key}=${value}`)).toBe(`${key}=${value}`);
  });

  const keys = ["foo =1", "FOO=1", "foo.bar=1", "@foo=1", "_foo=1", "=1", `${"z".repeat(257)}=1`];
  const values = ["foo", "foo=", "foo=bar=baz", "foo=a=", "foo=é", "foo=a\u0000b", "foo=a\nb"];
  test.each([...keys, ...values, `foo=${"v".repeat(257)}`])(
    "is void as a whole where a member breaks the grammar, and the traceparent stands: %j",
    (member) => {
      expect(extract({ traceparent, tracestate: `bar=2,${member}` })).toEqual({
        carrier: { traceparent },
        baggage: [],
        problems: [
          {
            field: "tracestate",
            fault: "malformed",
            text: "member 2 of tracestate breaks its grammar",
          },
        ],
      });
    },
  );

  test("has 32 members at most; with one more it is void", () => {
    expect(kept(numbered(32))).toBe(numbered(32));
    expect(kept(numbered(33))).toBeUndefined();
    expect(faults(numbered(33))).toEqual(["too many"]);
  });

  test("names a member once: the first one is the most recent", () => {
    expect(kept("foo=1", "bar=2,foo=3")).toBe("foo=1,bar=2");
    expect(faults("foo=1,foo=1")).toEqual(["repeated"]);
  });

  test("says nothing without a traceparent, and that is told", () => {
    const { carrier, problems } = extract({ tracestate: "foo=1" });
    expect(carrier).toBeNull();
    expect(problems.map(({ fault }) => fault)).toEqual(["orphaned"]);
  });
});

function members(name: string, length: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${name}${at}=`.padEnd(length, name));
}

describe("a tracestate that is too long for an event", () => {
  test("loses its long members first, the last of them first", () => {
    const short = members("s", 128, 12);
    const long = members("l", 250, 12);
    const mixed = short.flatMap((member, at) => [member, long[at] ?? ""]);
    const dropped = new Set(long.slice(-2));
    expect(kept(...mixed)).toBe(mixed.filter((member) => !dropped.has(member)).join(","));
    expect(faults(...mixed)).toEqual(["too long"]);
  });

  test("then loses members from the right", () => {
    const short = members("s", 128, 32);
    expect(kept(...short)).toBe(short.slice(0, 31).join(","));
    expect(faults(...short)).toEqual(["too long"]);
  });
});

test("what is read and written again is the same", () => {
  fc.assert(
    fc.property(arbitraryTracestate, (said) => {
      const { value, problems } = parseTracestate(said);
      expect(problems).toEqual([]);
      expect(writeTracestate(value)).toEqual({ value: said, problems: [] });
    }),
  );
});

test("no text throws, and each member that is read was said", () => {
  const almost = fc.string({ unit: fc.constantFrom(...Array.from("ab0=,,  \t@.A")) });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), almost), (said) => {
      const { value, problems } = parseTracestate(said);
      for (const member of value) expect(said).toContain(member.join("="));
      if (value.length === 0 && problems.length === 0) expect(said).toMatch(/^[ \t,]*$/);
    }),
  );
});
