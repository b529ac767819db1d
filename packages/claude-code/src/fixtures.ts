import { readdirSync, readFileSync } from "node:fs";
import type { DraftOf, EventDraft, EventType } from "@spoor/core";
import { claudeCode } from "./adapter.ts";
import { parseLine } from "./native.ts";
import type { ClaudeMessage } from "./native.ts";

const folder = new URL("./fixtures/", import.meta.url);
const ending = ".native.ndjson";

/** Recordings of the real product, by scenario. */
export const scenarios: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .toSorted();

const linesOf = (file: string): readonly string[] =>
  readFileSync(new URL(file, folder), "utf8").trimEnd().split("\n");

export const recording = (scenario: string): readonly ClaudeMessage[] =>
  linesOf(`${scenario}${ending}`).flatMap((line) => parseLine(line) ?? []);

/** What the API really answered, one a call. */
export interface Answer {
  readonly message_id: string;
  readonly usage: {
    readonly input_tokens: number;
    readonly cache_creation_input_tokens: number;
    readonly cache_read_input_tokens: number;
    readonly output_tokens: number;
  };
}

export const truth = (scenario: string): readonly Answer[] =>
  linesOf(`${scenario}.truth.ndjson`).map((line): Answer => JSON.parse(line));

/** The drafts of a fresh translator. */
export function draftsOf(messages: readonly unknown[]): readonly EventDraft[] {
  const translator = claudeCode.createTranslator();
  return messages.flatMap((message) => {
    const native = claudeCode.parse(JSON.stringify(message));
    return native === null ? [] : [...translator.translate(native)];
  });
}

export function ofType<Type extends EventType>(
  drafts: readonly EventDraft[],
  type: Type,
): readonly DraftOf<Type>[] {
  return drafts.filter((draft): draft is DraftOf<Type> => draft.type === type);
}
