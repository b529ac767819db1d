import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baggage as arbitraryBaggage } from "./arbitrary-propagated.ts";
import { type BaggageEntry, fittingBaggage, parseBaggage, writeBaggage } from "./baggage.ts";

function read(text: string): readonly BaggageEntry[] {
  const { value, problems } = parseBaggage(text);
  expect(problems).toEqual([]);
  return value;
}

/** The cases of w3c/baggage, test/test_baggage.py and the examples of its text, at 9af80f4. */
describe("baggage of the W3C tests", () => {
  test("has keys, values and properties", () => {
    expect(read("SomeKey=SomeValue;SomeProp,SomeKey2=SomeValue2;ValueProp=PropVal")).toEqual([
      { key: "SomeKey", value: "SomeValue", properties: [{ key: "SomeProp" }] },
      {
        key: "SomeKey2",
        value: "SomeValue2",
        properties: [{ key: "ValueProp", value: "PropVal" }],
      },
    ]);
  });

  test("may have blanks around each of them", () => {
    expect(read("a \t = \t 1 \t ; \t p \t , \t b \t = \t 2 \t ; \t q \t = \t 3")).toEqual([
      { key: "a", value: "1", properties: [{ key: "p" }] },
      { key: "b", value: "2", properties: [{ key: "q", value: "3" }] },
    ]);
  });

  test("may say a property several times", () => {
    expect(read("a=1;p;p=2;p=3")[0]?.properties).toEqual([
      { key: "p" },
      { key: "p", value: "2" },
      { key: "p", value: "3" },
    ]);
  });

  test("may have the equals sign in a value", () => {
    expect(read("SomeKey=SomeValue=equals")).toEqual([
      { key: "SomeKey", value: "SomeValue=equals" },
    ]);
  });

  test("is decoded in values, and not in keys", () => {
    const value = "\t \"';=asdf!@#$%^&*()";
    const encoded = "%09%20%22%27%3B%3Dasdf%21%40%23%24%25%5E%26%2A%28%29";
    expect(read(`a=${encoded};p=${encoded}`)).toEqual([
      { key: "a", value, properties: [{ key: "p", value }] },
    ]);
    expect(read("a=1;ValueProp%20%09%20%3D%20%09%20PropVal")[0]?.properties).toEqual([
      { key: "ValueProp%20%09%20%3D%20%09%20PropVal" },
    ]);
  });

  test("is written as its examples are", () => {
    const entries = [
      { key: "userId", value: "Amélie" },
      { key: "serverNode", value: "DF 28" },
      { key: "isProduction", value: "false" },
    ];
    const text = "userId=Am%C3%A9lie,serverNode=DF%2028,isProduction=false";
    expect(writeBaggage(entries)).toBe(text);
    expect(read(text)).toEqual(entries);
  });

  test("is sent as a whole up to 64 members and 8192 bytes", () => {
    const many = Array.from({ length: 64 }, (_, at) => ({ key: `key${at}`, value: "value" }));
    expect(fittingBaggage(many)).toEqual({ value: many, problems: [] });
    const long = [{ key: "a", value: "0123456789".repeat(819) }];
    expect(writeBaggage(long)).toHaveLength(8192);
    expect(fittingBaggage(long)).toEqual({ value: long, problems: [] });
  });
});

test("bytes that are no UTF-8 are replaced, and a per cent sign without digits stands for itself", () => {
  expect(read("a=%ff%FE,b=100%,c=%zz%e2%82%ac,d=%EF%BB%BFx")).toEqual([
    { key: "a", value: "\ufffd\ufffd" },
    { key: "b", value: "100%" },
    { key: "c", value: "%zz€" },
    { key: "d", value: "\ufeffx" },
  ]);
});

test("a value encodes what could be taken for something else", () => {
  const value = 'a,b;c=d "e" \\ % \r\n é 🐾 \ud800';
  const text = writeBaggage([{ key: "k", value }]);
  expect(text).toBe(
    "k=a%2Cb%3Bc%3Dd%20%22e%22%20%5C%20%25%20%0D%0A%20%C3%A9%20%F0%9F%90%BE%20%EF%BF%BD",
  );
});

test.each([
  "a",
  "=1",
  "a b=1",
  "a=é",
  'a="1"',
  "a=1 2",
  "a=1;b c",
  "a=1;=2",
  "a=\\",
  "é=1",
  "a=1;",
])("a member that breaks the grammar is left out and the others stand: %s", (member) => {
  expect(parseBaggage(`first=1,${member},last=2`)).toEqual({
    value: [
      { key: "first", value: "1" },
      { key: "last", value: "2" },
    ],
    problems: [
      {
        field: "baggage",
        fault: "malformed",
        text: "1 of 3 members of baggage break its grammar",
      },
    ],
  });
});

test("a key that comes twice stays twice, in its order", () => {
  expect(read("a=1,,b=2, ,a=3").map(({ value }) => value)).toEqual(["1", "2", "3"]);
});

test("beyond the limits whole members go, and each that fits is sent", () => {
  const many = Array.from({ length: 70 }, (_, at) => ({ key: `k${at}`, value: "v" }));
  expect(fittingBaggage(many)).toEqual({
    value: many.slice(0, 64),
    problems: [
      { field: "baggage", fault: "too many", text: "6 of 70 members of baggage do not fit" },
    ],
  });
  const entries = [
    { key: "a", value: "1" },
    { key: "huge", value: "é".repeat(1400) },
    { key: "b", value: "2" },
  ];
  expect(fittingBaggage(entries)).toEqual({
    value: [entries[0], entries[2]],
    problems: [
      { field: "baggage", fault: "too long", text: "1 of 3 members of baggage do not fit" },
    ],
  });
});

test("the comma between two entries counts", () => {
  const first = { key: "a", value: "1" };
  const lengthWith = (value: string): number =>
    (writeBaggage(fittingBaggage([first, { key: "b", value }]).value) ?? "").length;
  expect(lengthWith("2".repeat(8186))).toBe(8192);
  expect(lengthWith("2".repeat(8187))).toBe(3);
});

test("what is read and written again is the same, whatever the values are", () => {
  fc.assert(
    fc.property(arbitraryBaggage, (said) => {
      const text = writeBaggage(said);
      expect(parseBaggage(text ?? "")).toEqual({ value: said, problems: [] });
      expect(text ?? "").toMatch(/^[\x21-\x7e]*$/);
    }),
  );
});

test("no text throws, and what is read is written in a form that reads the same", () => {
  const almost = fc.string({ unit: fc.constantFrom(...Array.from('ab=,; \t%2cé"')) });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), almost), (text) => {
      const { value } = parseBaggage(text);
      expect(read(writeBaggage(value) ?? "")).toEqual(value);
    }),
  );
});
