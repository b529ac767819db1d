import { afterEach, expect, test } from "vitest";
import { bridgeOpenTelemetry } from "./bridge-open-telemetry.ts";
import { bridged, node, parentOf, started, tool, work } from "./bridged.fixture.ts";
import { RecordedWork } from "./recorded-work.fixture.ts";
import { type Sdk, startSdk, stopSdk } from "./sdk.fixture.ts";

afterEach(stopSdk);

function parentNow(sdk: Sdk, name: string): string | undefined {
  work.run(node, () => started(sdk, name));
  return parentOf(sdk, name);
}

test("it may come before the SDK, and before its API was loaded", () => {
  const undo = bridged(work);
  const sdk = startSdk();
  expect(parentNow(sdk, "bridged")).toBe(node.spanId);
  undo();
  expect(parentNow(sdk, "undone")).toBeUndefined();
});

test("several may come before the SDK", () => {
  const other = new RecordedWork();
  bridged(work);
  bridged(other);
  const sdk = startSdk();
  expect(parentNow(sdk, "the first's")).toBe(node.spanId);
  other.run(tool, () => started(sdk, "the second's"));
  expect(parentOf(sdk, "the second's")).toBe(tool.spanId);
});

test("nothing that awaits the SDK is in its way, or is seen", () => {
  const key = Symbol.for("opentelemetry.js.api.1");
  const before: unknown = Reflect.get(globalThis, key);
  Reflect.deleteProperty(globalThis, key);
  bridged(work);
  bridged(new RecordedWork());
  expect(Reflect.get(globalThis, key)).toBeUndefined();
  const registered = { version: "1.9.0" };
  Reflect.set(globalThis, key, registered);
  expect(Reflect.get(globalThis, key)).toBe(registered);
  expect(Reflect.get(registered, "context")).toBeUndefined();
  Reflect.set(globalThis, key, before);
  expect(Object.getOwnPropertyDescriptor(globalThis, key)).toMatchObject({ value: before });
});

test("it holds when OpenTelemetry is set up anew, as often as it is", () => {
  const other = new RecordedWork();
  bridged(work);
  const undoOther = bridged(other);
  for (const name of ["first", "second", "third"]) {
    const sdk = startSdk();
    expect(parentNow(sdk, name)).toBe(node.spanId);
    other.run(tool, () => started(sdk, `other ${name}`));
    expect(parentOf(sdk, `other ${name}`)).toBe(tool.spanId);
    stopSdk();
  }
  undoOther();
  const sdk = startSdk();
  expect(parentNow(sdk, "without the other")).toBe(node.spanId);
  other.run(tool, () => started(sdk, "other undone"));
  expect(parentOf(sdk, "other undone")).toBeUndefined();
});

test("what would bridge nothing is said where it is set up", () => {
  const sentence = /^bridgeOpenTelemetry needs what knows .*: pass an observer/;
  for (const given of [[], [undefined], [{}], [work, null], ["observer"]])
    expect(() => Reflect.apply(bridgeOpenTelemetry, undefined, given)).toThrow(sentence);
});

test("undone while OpenTelemetry is shut down, it does not come back", () => {
  const undo = bridged(work);
  startSdk();
  stopSdk();
  undo();
  expect(parentNow(startSdk(), "undone")).toBeUndefined();
});

test("undone before the SDK comes, it never was", () => {
  bridged(work)();
  expect(parentNow(startSdk(), "undone")).toBeUndefined();
});

test("a request that is under way keeps its context when it comes, and when it goes", () => {
  const sdk = startSdk();
  sdk.tracer.startActiveSpan("request", (request) => {
    const own = request.spanContext().spanId;
    const undo = bridged(work);
    started(sdk, "outside of work");
    started(sdk, "in work");
    undo();
    started(sdk, "undone");
    for (const name of ["outside of work", "in work", "undone"])
      expect(parentOf(sdk, name)).toBe(own);
  });
});

test("several are undone in any order", () => {
  const sdk = startSdk();
  const other = new RecordedWork();
  const undoFirst = bridged(work);
  const undoSecond = bridged(other);
  expect(parentNow(sdk, "both")).toBe(node.spanId);
  undoFirst();
  expect(parentNow(sdk, "the second")).toBeUndefined();
  other.run(tool, () => started(sdk, "the second's"));
  expect(parentOf(sdk, "the second's")).toBe(tool.spanId);
  undoSecond();
  other.run(tool, () => started(sdk, "none"));
  expect(parentOf(sdk, "none")).toBeUndefined();
});

test("whoever cannot say where it is knows nothing, and the others do", () => {
  const sdk = startSdk();
  const broken = {
    currentSpan: (): never => {
      throw new Error("broken");
    },
  };
  bridged(broken, work);
  expect(parentNow(sdk, "bridged")).toBe(node.spanId);
});
