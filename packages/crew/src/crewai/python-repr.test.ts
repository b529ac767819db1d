import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fieldInRepr, unquoted } from "./python-repr.ts";

test("text in Python's notation is what stands in its quotes", () => {
  expect(unquoted("'answer'")).toBe("answer");
  expect(unquoted(String.raw`"it's\nhere"`)).toBe("it's\nhere");
  expect(unquoted("UUID('139f0f9e-7f2f-4a0c-9d60-1c6f0d0f3b11')")).toBe(
    "139f0f9e-7f2f-4a0c-9d60-1c6f0d0f3b11",
  );
  expect(unquoted("Researcher")).toBe("Researcher");
  expect(unquoted("'")).toBe("'");
});

test("a field of an object in Python's notation is found by its name, and never within another's text", () => {
  const repr = String.raw`used_tools=0 name='an\'s wer' description="role='x'" id=UUID('139f0f9e-7f2f-4a0c-9d60-1c6f0d0f3b11') output=None`;
  expect(fieldInRepr(repr, "name")).toBe("an's wer");
  expect(fieldInRepr(repr, "description")).toBe("role='x'");
  expect(fieldInRepr(repr, "id")).toBe("139f0f9e-7f2f-4a0c-9d60-1c6f0d0f3b11");
  expect(fieldInRepr(repr, "output")).toBeUndefined();
  expect(fieldInRepr(repr, "role")).toBeUndefined();
});

test("what looks like a field in another's text is a part of that text, whatever its quotes are", () => {
  const repr = String.raw`Task(name=None, tools=[<Tool's>, 'name="a"'], description='fill in <input name="city">', expected_output="it's id='x'", id='task 1')`;
  expect(fieldInRepr(repr, "name")).toBeUndefined();
  expect(fieldInRepr(repr, "id")).toBe("task 1");
  expect(fieldInRepr(repr, "description")).toBe('fill in <input name="city">');
});

test("whatever stands there is never fatal", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("id", "name"), (text, name) => {
      expect(() => [unquoted(text), fieldInRepr(`${name}=${text}`, name)]).not.toThrow();
    }),
  );
});

test("a text of any length is read, up to its own quote", () => {
  const role = "a".repeat(20_000_000);
  expect(fieldInRepr(`id=UUID('x') role='${role}' goal='g'`, "role")).toHaveLength(role.length);
  expect(fieldInRepr(`role='${role}`, "role")).toBeUndefined();
});
