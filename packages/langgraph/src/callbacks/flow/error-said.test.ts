import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { failureOf, graphRun } from "../example-runs.ts";
import { only, translateAll } from "../fixtures.ts";
import { errorSaid } from "./error-said.ts";

class PaymentError extends Error {}

describe("an error's type", () => {
  test.each([
    ["its name", new RangeError("x"), "RangeError"],
    ["its class, where its name is that of all errors", new PaymentError("x"), "PaymentError"],
    ["its recorded class", { $error: "PaymentError", name: "Error", message: "x" }, "PaymentError"],
    ["its name, where a bundler has renamed its class", new (class e extends Error {})(), "Error"],
    ["that of the value, where it is no object", 7, "number"],
    ["that of nothing", undefined, "undefined"],
    ["Error, where nothing says more", Object.create(null), "Error"],
  ])("is %s", (_, error, errorType) => {
    expect(errorSaid(error).errorType).toBe(errorType);
  });
});

describe("an error's text", () => {
  test("goes on with its causes, as far as they say more", () => {
    const root = new TypeError("connect ECONNREFUSED");
    const cause = new Error("fetch failed", { cause: root });
    const error = new Error("no answer", { cause });
    expect(errorSaid(error).text).toBe(
      "no answer\ncaused by Error: fetch failed\ncaused by TypeError: connect ECONNREFUSED",
    );
    const wrapped = new Error("TypeError: connect ECONNREFUSED", { cause: root });
    expect(errorSaid(wrapped).text).toBe("TypeError: connect ECONNREFUSED");
  });

  test("ends where a cause is its own", () => {
    const error: Error & { cause?: unknown } = new Error("outer");
    error.cause = Object.assign(new Error("inner"), { cause: error });
    expect(errorSaid(error).text).toBe("outer\ncaused by Error: inner");
  });

  test("ends after some causes and some parts, however many there are", () => {
    let error = new Error("0");
    for (let depth = 1; depth < 1_000; depth += 1)
      error = new Error(`<${depth}>`, { cause: error });
    expect(errorSaid(error).text.split("\n").length).toBeLessThan(20);
    const parts = Array.from({ length: 1_000 }, (_, index) => new Error(`<${index}>`));
    expect(errorSaid(new AggregateError(parts, "many")).text.split("\n").length).toBeLessThan(20);
  });

  test("is what it holds, where it is an object without words", () => {
    const drafts = translateAll([graphRun("root"), failureOf("root", { status: 404 })]);
    expect(only(drafts, "work.ended")).toMatchObject([{ detail: { status: 404 } }]);
    const nothing = translateAll([graphRun("root"), failureOf("root", undefined)]);
    expect(only(nothing, "work.ended")[0]).not.toHaveProperty("detail");
  });
});

const endsWith = (error: unknown): void => {
  const drafts = translateAll([graphRun("root"), failureOf("root", error)]);
  expect(only(drafts, "turn.ended")).toHaveLength(1);
  expect(JSON.parse(JSON.stringify(drafts))).toStrictEqual(drafts);
};

const refuse = (): never => {
  throw new Error("do not look");
};
describe("a run ends", () => {
  const throwing: unknown = new Proxy(new Error("no"), { get: refuse, has: refuse });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();

  test.each<readonly [string, () => unknown]>([
    ["an error that cannot be looked at", () => throwing],
    ["a revoked proxy", () => revoked],
    ["an object without a prototype", () => Object.create(null)],
    ["a symbol", () => Symbol("thrown")],
    ["a function", () => refuse],
    ["an interrupt of what cannot be listed", () => ({ is_bubble_up: true, interrupts: revoked })],
    [
      "an interrupt of what cannot be looked at",
      () => ({ is_bubble_up: true, interrupts: [revoked, throwing, null] }),
    ],
    ["a handover that cannot be looked at", () => ({ is_bubble_up: true, command: throwing })],
    [
      "a handover to nowhere",
      () => ({ is_bubble_up: true, command: { $command: true, goto: revoked } }),
    ],
    ["half an answer that is none", () => ({ name: "AbortError", partialOutput: revoked })],
    ["a cause that cannot be looked at", () => ({ name: "Error", cause: revoked })],
    ["parts that cannot be listed", () => ({ name: "Error", errors: revoked })],
    ["parts that cannot be looked at", () => ({ name: "Error", errors: [revoked, throwing] })],
    ["a limit that is no number", () => ({ name: "NodeTimeoutError", timeout: "soon" })],
  ])("with %s", (_, error) => endsWith(error()));

  test("with anything", () => {
    fc.assert(fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), endsWith));
  });
});
