import { expect, test } from "vitest";
import { AuditError } from "../audit/audit-error.ts";
import { ConfigError } from "../config/config-error.ts";
import { JournalError } from "../journal/disk/journal-error.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import { BrandedError } from "./spoor-error.ts";

const cause = new Error("EACCES");
const kinds = [
  [JournalError, new JournalError("LANE_HELD", "somebody writes it", { fix: "Wait.", cause })],
  [ConfigError, new ConfigError("NOT_FOUND", "there is none", { fix: "Write one.", cause })],
  [AuditError, new AuditError("KEY_MISSING", "it is gone", { fix: "Restore it.", cause })],
  [ExportFailure, new ExportFailure("no answer", { retry: "same", cause })],
] as const;

test.each(kinds)("%o says what it is, and why", (_, error) => {
  expect(error).toBeInstanceOf(Error);
  expect(error.stack).toContain(`${error.name}: ${error.message}`);
  expect(error.cause).toBe(cause);
  expect(Object.keys(error)).not.toContain("cause");
});

test("each kind knows its own, and none of the others", () => {
  for (const [Kind, own] of kinds)
    for (const [, error] of kinds) expect(Kind.is(error)).toBe(error === own);
});

test("an error of another installed copy is one of ours", () => {
  class JournalErrorOfAnotherCopy extends BrandedError {}
  expect(JournalError.is(new JournalErrorOfAnotherCopy("JournalError", "held", {}))).toBe(true);
});

test("whatever was thrown, asking does not throw", () => {
  const hostile = new Proxy(new Error("hostile"), {
    get: () => {
      throw new Error("looked at");
    },
    has: () => {
      throw new Error("looked at");
    },
  });
  const impostor = Object.assign(new Error("held"), { name: "JournalError" });
  for (const [Kind] of kinds)
    for (const thrown of [hostile, impostor, null, undefined, "JournalError", 7])
      expect(Kind.is(thrown)).toBe(false);
});
