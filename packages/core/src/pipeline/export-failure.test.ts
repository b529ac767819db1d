import { expect, test } from "vitest";
import { ExportFailure } from "./export-failure.ts";

test("in a report that is written as JSON a failure says what happened, and not what caused it", () => {
  const cause = new Error("connect ECONNREFUSED, authorization: Basic c2VjcmV0");
  const failure = new ExportFailure("the collector could not be reached", { retry: "same", cause });
  expect(JSON.parse(JSON.stringify({ failure }))).toEqual({
    failure: {
      name: "ExportFailure",
      message: "the collector could not be reached",
      retry: "same",
      retryAfterMs: null,
      answered: false,
      needsRepair: false,
      unreached: false,
      rejected: null,
    },
  });
});
