import { earlierMessages } from "../../../vocabulary/earlier-messages.ts";
import { isRecord, type JsonValue } from "../../../vocabulary/json.ts";
import { number } from "../../facts/form.ts";
import { metadataOf } from "../native.ts";
import { jsonOf, parsed, type Row } from "../row.ts";
import { messagesIn } from "./message.ts";

/** What was said, however the server gives it back; no text is none to it. Text that would not be written the same way again is left the text that it is. */
export function valueIn(told: unknown): JsonValue | undefined {
  if (told === null || told === undefined || told === "") return undefined;
  if (typeof told !== "string") return jsonOf(told);
  const value = parsed(told);
  const isWritten =
    value !== undefined && typeof value !== "string" && JSON.stringify(value) === told;
  return isWritten ? jsonOf(value) : told;
}

const roles = { input: "user", output: "assistant" } as const;
const earlierNames = { input: "spoor.earlierInput", output: "spoor.earlierOutput" } as const;

/** What went into a span or came out of it, with the words for the messages that were told before, of which Langfuse is told how many they were. */
export function spokenIn(row: Row, what: "input" | "output"): JsonValue | undefined {
  const told = valueIn(row[what]);
  const value = told === undefined ? undefined : messagesIn(told);
  const count = number.read(metadataOf(row)[earlierNames[what]] ?? null);
  if (count === null || count < 1) return value;
  const words = earlierMessages(count);
  if (value === undefined) return [words];
  const isMessage = isRecord(value) && typeof value["role"] === "string";
  const said = isMessage ? value : { role: roles[what], content: value };
  return Array.isArray(value) ? [words, ...value] : [words, said];
}
