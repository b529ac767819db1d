import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsIn } from "./read-fields.ts";

test("reads numbers and bytes by the number of their field", () => {
  const bytes = Uint8Array.of(0x08, 0x96, 0x01, 0x12, 0x02, 0x68, 0x69, 0x1d, 1, 0, 0, 0);
  expect(fieldsIn(bytes)).toEqual(
    new Map<number, unknown>([
      [1, 150n],
      [2, Uint8Array.of(0x68, 0x69)],
      [3, Uint8Array.of(1, 0, 0, 0)],
    ]),
  );
});

test("leaves out what is cut, and what stands behind it", () => {
  expect(fieldsIn(Uint8Array.of(0x08, 0x01, 0x12, 0x05, 0x68))).toEqual(new Map([[1, 1n]]));
});

test("comes to an end with whatever bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fieldsIn(bytes).size).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
