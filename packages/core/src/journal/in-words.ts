import type { JsonValue } from "../vocabulary/json.ts";
import type { ContentAnswer } from "./content.ts";

/** What stands for a value, or for a list of messages, that this journal does not have. */
export const notInThisJournal = "[not in this journal]";

/** A value, or in words what became of it: nothing that was said is ever shown as an empty value. */
export function inWords(answer: ContentAnswer): JsonValue {
  switch (answer.kind) {
    case "value":
      return answer.cutFrom === undefined
        ? answer.value
        : `[cut from ${answer.cutFrom} bytes] ${asText(answer.value)}`;
    case "withheld":
      return `[withheld: ${answer.reason}]`;
    case "erased":
      return "[erased]";
    case "removed":
      return "[removed by retention]";
    case "missing":
      return notInThisJournal;
    default:
      return answer satisfies never;
  }
}

/** Text as it is, anything else as its JSON text. */
export function asText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
