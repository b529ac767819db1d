import { expect, test } from "vitest";
import { Findings } from "./findings.ts";
import { WitnessedTimes } from "./witnessed-times.ts";

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

/** What is found of an entry where a witness saw ten of them at noon. */
function codeOf(index: number, recordedAt: number): string | undefined {
  const findings = new Findings();
  const sighting = { witness: "witness.example", size: 10, at: noon };
  new WitnessedTimes([sighting], findings).see(index, recordedAt, { line: 1 });
  return findings.findings[0]?.code;
}

test("what a witness has seen was recorded before it looked", () => {
  expect(codeOf(9, noon - minute)).toBeUndefined();
  expect(codeOf(9, noon + 9 * minute)).toBeUndefined();
  expect(codeOf(9, noon + 11 * minute)).toBe("RECORDED_AFTER_WITNESS");
});

test("what a witness has not seen yet was recorded after it looked, or a little before", () => {
  expect(codeOf(10, noon + minute)).toBeUndefined();
  expect(codeOf(10, noon - 9 * minute)).toBeUndefined();
  expect(codeOf(10, noon - 11 * minute)).toBe("RECORDED_BEFORE_WITNESS");
});
