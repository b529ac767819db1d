import { expect, test } from "vitest";
import type { EventDraft } from "@spoor/core";
import { nativesOf, recording, scenarios, translateAll } from "../callbacks/fixtures.ts";
import { spoorCallbacks } from "./spoor-callbacks.ts";

interface RecordedCall {
  readonly event?: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly argTypes: readonly string[];
}

/** A recording names what was passed and leaves out what was undefined; its types say where that stood. */
function positional({ args, argTypes }: RecordedCall): readonly unknown[] {
  const values = Object.values(args);
  const defined = argTypes.filter((type) => type !== "undefined");
  expect(values).toHaveLength(defined.length);
  return argTypes.map((type) => (type === "undefined" ? undefined : values.shift()));
}

test.each(scenarios)("what LangChain calls in %s tells what its recording tells", (scenario) => {
  const lines = recording(scenario).slice(1);
  const live: EventDraft[] = [];
  const handler = spoorCallbacks({
    emit: (draft) => {
      live.push(draft);
      return null;
    },
  });
  const methods = new Map(Object.entries(handler));
  for (const line of lines) {
    const call = JSON.parse(line) as RecordedCall;
    if (call.event !== undefined) methods.get(call.event)?.(...positional(call));
  }
  const unordered = nativesOf(lines).map(({ order: _place, ...native }) => native);
  expect(live).toEqual(translateAll(unordered));
  expect(live.length).toBeGreaterThan(0);
});
