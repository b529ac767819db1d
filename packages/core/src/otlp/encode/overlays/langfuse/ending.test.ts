import { expect, test } from "vitest";
import type { Span } from "../../../../run-tree/span.ts";
import { exampleSpan } from "../../example-span.ts";
import { type Ending, endingOf } from "./ending.ts";

test.each<[string, Partial<Span>, string | null, Ending["level"], string | null]>([
  ["what went well says nothing", { status: "ok" }, null, "DEFAULT", null],
  ["unless somebody said something", { status: "ok" }, "took a while", "DEFAULT", "took a while"],
  ["waiting is no error", { status: "suspended" }, null, "DEFAULT", "suspended"],
  ["and says for what", { status: "suspended" }, "approval", "DEFAULT", "suspended: approval"],
  ["giving up is a warning", { status: "cancelled" }, null, "WARNING", "cancelled"],
  ["and says why", { status: "cancelled" }, "the user left", "WARNING", "cancelled: the user left"],
  [
    "what nobody saw end is unfinished",
    { status: "abandoned" },
    null,
    "WARNING",
    "unfinished: nobody saw it end",
  ],
  ["what is open too", { status: "open" }, null, "WARNING", "unfinished: it had not ended"],
  [
    "an error says its text",
    { status: "error", errorType: "Timeout" },
    "too long",
    "ERROR",
    "too long",
  ],
  [
    "above where it happened it is not repeated",
    { status: "error", errorType: "Timeout", errorPassedOn: true },
    "too long",
    "ERROR",
    "passed on from below: Timeout",
  ],
])("%s", (_, known, text, level, statusMessage) => {
  expect(endingOf(exampleSpan(known), text)).toEqual({ level, statusMessage });
});
