import { isRecord } from "@spoor/core";
import type { JsonValue } from "@spoor/core";
import { withoutBinary } from "./content.ts";
import { jsonOf } from "./narrow.ts";

/** What of a native object may enter the record, part by part. */
export interface Allowed {
  readonly parts: ReadonlyMap<string, Allowed>;
  /** Whatever it holds. */
  readonly whole: boolean;
}

const anyName = "*";

/**
 * Names with spaces between them; `origin.kind` is the part of a part, `counts.*` each number in `counts`, and `answer.**` whatever `answer` holds.
 * What is not named stays out, at any depth: a later version may write anything into a line, prompts, keys and device ids among it.
 */
export function allowed(names: string): Allowed {
  const top = growing();
  for (const path of names.split(" ")) {
    let at = top;
    for (const name of path.split(".")) {
      if (name === "**") at.whole = true;
      else at = at.parts.get(name) ?? plant(at, name);
    }
  }
  return top;
}

interface Growing extends Allowed {
  readonly parts: Map<string, Growing>;
  whole: boolean;
}

const growing = (): Growing => ({ parts: new Map(), whole: false });

function plant({ parts }: Growing, name: string): Growing {
  const part = growing();
  parts.set(name, part);
  return part;
}

/** Names that are not the program's own may stand before numbers, never before words. */
const othersIn = ({ parts }: Allowed, value: unknown): Allowed | undefined =>
  typeof value === "number" || isRecord(value) ? parts.get(anyName) : undefined;

/** Numbers, texts and lists of them as they are, of objects only the parts that are named. Undefined: nothing is left. */
export function keep(value: unknown, names: Allowed): JsonValue | undefined {
  if (names.whole) return value === undefined ? undefined : withoutBinary(jsonOf(value));
  if (Array.isArray(value)) return value.flatMap((item) => keep(item, names) ?? []);
  if (!isRecord(value)) return value === undefined ? undefined : jsonOf(value);
  let kept: Record<string, JsonValue> | undefined;
  for (const name of Object.keys(value)) {
    const part = names.parts.get(name) ?? othersIn(names, value[name]);
    const told = part && keep(value[name], part);
    if (told !== undefined) (kept ??= {})[name] = told;
  }
  return kept;
}
