import type { JsonValue } from "@spoor/core";
import type { Fields } from "../callbacks/native.ts";
import { fieldsOf, memberOf, readOr } from "../callbacks/reading.ts";
import { canonicalText } from "./digest/canonical.ts";
import type { Write } from "./native.ts";

/** The values that a task wrote, as they were then. */
export function writtenValues(writes: readonly Write[]): JsonValue {
  return { values: writes.map(({ channel, value }) => ({ channel, value: asItWas(value) })) };
}

/** The values that a checkpoint brought, where no task wrote them: of an input, an update, a fork. */
export function saidValues(checkpoint: Fields, newVersions: unknown, metadata: unknown): JsonValue {
  const values = fieldsOf(memberOf(checkpoint, "channel_values"));
  const brought = memberOf(metadata, "source") === "loop" ? [] : Object.keys(fieldsOf(newVersions));
  return {
    values: brought
      .filter((channel) => Object.hasOwn(values, channel))
      .map((channel) => ({ channel, value: asItWas(values[channel]) })),
  };
}

function asItWas(value: unknown): JsonValue {
  return readOr<JsonValue>("[unreadable]", () => JSON.parse(canonicalText(value)) as JsonValue);
}
