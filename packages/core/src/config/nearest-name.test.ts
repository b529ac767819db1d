import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

const names = ["journal", "labels", "redact", "exporters", "settleMs", "flushOnExit"];

test.each([
  ["exporter", "exporters"],
  ["exprotes", "exporters"],
  ["redaction", "redact"],
  ["settlems", "settleMs"],
  ["flush", "flushOnExit"],
  ["lables", "labels"],
])("%s was probably meant to be %s", (written, meant) => {
  expect(nearestName(written, names)).toBe(meant);
});

test.each(["service", "x", "", "__proto__", "constructor"])("%j is near to nothing", (written) => {
  expect(nearestName(written, names)).toBeNull();
});

test("a short word of which most would have to be changed was not meant", () => {
  expect(nearestName("fly", ["why"])).toBeNull();
  expect(nearestName("wy", ["why"])).toBe("why");
});

test("one slip in a name still finds it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.constantFrom("", "x"), (name, at, put) => {
      const place = at % name.length;
      const written = name.slice(0, place) + put + name.slice(place + 1);
      expect(nearestName(written, names)).toBe(name);
    }),
  );
});
