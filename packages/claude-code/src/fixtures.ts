import { readdirSync, readFileSync } from "node:fs";
import type { Adapter, DraftOf, EventDraft, EventType } from "@spoor/core";
import { claudeCode } from "./stream/adapter.ts";
import { parseLine } from "./stream/native.ts";
import type { ClaudeMessage } from "./stream/native.ts";

const folders: Readonly<Record<"stream" | "transcript", URL>> = {
  stream: new URL("./fixtures/", import.meta.url),
  transcript: new URL("./transcript/fixtures/", import.meta.url),
};
const ending = ".native.ndjson";

/** Recordings of the real product, by scenario. */
export const scenarios: readonly string[] = readdirSync(folders.stream)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .toSorted();

/** What was recorded of a scenario: what the program printed, or the files that it kept. */
export const linesOf = (scenario: string, source: keyof typeof folders): readonly string[] =>
  read(new URL(`${scenario}${ending}`, folders[source]));

const read = (file: URL): readonly string[] => readFileSync(file, "utf8").trimEnd().split("\n");

export const recording = (scenario: string): readonly ClaudeMessage[] =>
  linesOf(scenario, "stream").flatMap((line) => parseLine(line) ?? []);

/** What the API really answered, one a call. */
export interface Answer {
  readonly message_id: string;
  readonly model: string;
  readonly usage: {
    readonly input_tokens: number;
    readonly cache_creation_input_tokens: number;
    readonly cache_read_input_tokens: number;
    readonly output_tokens: number;
  };
}

/** An answer that was refused used nothing, and says so by having no usage. */
export const truth = (scenario: string): readonly Answer[] =>
  read(new URL(`${scenario}.truth.ndjson`, folders.stream))
    .map((line): Partial<Answer> => JSON.parse(line))
    .filter((answer): answer is Answer => answer.usage !== undefined);

/** The drafts of a fresh translator. */
export function draftsOf(messages: readonly unknown[]): readonly EventDraft[] {
  return draftsBy(claudeCode, messages);
}

export function draftsBy<Native>(
  adapter: Adapter<Native>,
  lines: readonly unknown[],
): readonly EventDraft[] {
  const translator = adapter.createTranslator();
  return lines.flatMap((line) => {
    const native = adapter.parse(typeof line === "string" ? line : JSON.stringify(line));
    return native === null ? [] : [...translator.translate(native)];
  });
}

export function ofType<Type extends EventType>(
  drafts: readonly EventDraft[],
  type: Type,
): readonly DraftOf<Type>[] {
  return drafts.filter((draft): draft is DraftOf<Type> => draft.type === type);
}
