import type { MarkReport } from "@spoor/core";
import type { PageMark } from "../page-data.ts";
import type { TextPool } from "./text-pool.ts";

const aside: ReadonlySet<string> = new Set(["type", "id", "spanId", "at", "atInferred", "source"]);

export function pageMark(mark: MarkReport, texts: TextPool): PageMark {
  const { source } = mark;
  const fields = Object.entries(mark)
    .filter(([name, value]) => !aside.has(name) && value !== null)
    .map(([name, value]): readonly [string, number] => [name, texts.ofValue(value)]);
  return {
    type: mark.type,
    ...(mark.at === null ? {} : { at: Date.parse(mark.at) }),
    ...(mark["atInferred"] === true ? { inferred: true } : {}),
    source: typeof source === "string" ? source : "?",
    fields,
  };
}
