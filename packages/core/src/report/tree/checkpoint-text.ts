import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import type { MarkReport } from "../report.ts";
import { excerpt } from "./excerpt.ts";

/** False: a checkpoint like all others, of which there is one for each step. Null: no checkpoint that was saved. */
export function isMilestone(mark: MarkReport): boolean | null {
  return mark.type === "checkpoint.saved" ? mark["label"] !== undefined : null;
}

/** A mark of a checkpointer in short: the channels that a task wrote, and not their digests. Null: of nobody such. */
export function checkpointText(mark: MarkReport): string | null {
  switch (mark.type) {
    case "checkpoint.saved":
      return said(mark["label"], mark["origin"], mark["step"], mark["checkpoint"]);
    case "checkpoint.written":
      return said(...channelsIn(mark["writes"]));
    case "checkpoint.refused":
      return said(mark["errorType"], mark["detail"], mark["checkpoint"]);
    case "checkpoint.restored":
      return said(mark["checkpoint"]);
    case "checkpoint.removed":
      return said(mark["checkpoint"] ?? "all of the thread", mark["kept"]);
    default:
      return null;
  }
}

/** Erased or withheld, it is said in words. */
function channelsIn(writes: JsonValue | undefined): readonly (JsonValue | undefined)[] {
  if (!isRecord(writes) || !Array.isArray(writes["writes"])) return [writes];
  return writes["writes"].map((write: JsonValue) =>
    isRecord(write) ? write["channel"] : undefined,
  );
}

const said = (...words: readonly (JsonValue | undefined)[]): string =>
  words.flatMap((word) => (word === undefined ? [] : [excerpt(word)])).join("  ");
