import { type Context, context, createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";
import { afterEach, expect, test } from "vitest";
import { untraced } from "./untraced.ts";

afterEach(() => {
  context.disable();
});

const kept = createContextKey("kept");

/** As an application registers one, but for what is asynchronous. */
function registerContexts(): void {
  let active: Context = ROOT_CONTEXT.setValue(kept, true);
  context.setGlobalContextManager({
    active: () => active,
    with(given, body, self, ...args) {
      const before = active;
      active = given;
      try {
        return body.call(self as ThisParameterType<typeof body>, ...args);
      } finally {
        active = before;
      }
    },
    bind: (_, target) => target,
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  });
}

const suppressed = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

test("what is run makes no spans, and loses nothing else of where it stands", () => {
  registerContexts();
  const within = untraced(() => context.active());
  expect([within.getValue(suppressed), within.getValue(kept)]).toEqual([true, true]);
  expect(context.active().getValue(suppressed)).toBeUndefined();
});

test.each(["without OpenTelemetry", "with it"])(
  "%s it is run all the same, and what was thrown is",
  (which) => {
    if (which === "with it") registerContexts();
    expect(untraced(() => 1)).toBe(1);
    expect(() =>
      untraced(() => {
        throw new Error("away");
      }),
    ).toThrow("away");
  },
);
