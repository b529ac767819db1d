import { asText } from "../../journal/in-words.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { wordsOf } from "../text/words.ts";
import type { TurnInFull } from "./turn-in-full.ts";

/** What a turn says more than once, so that it can be shown once: at the span that it went into or came out of. */
export interface Repetition {
  /** A message that repeats what went into or came out of the turn, or a span of it. */
  isTold(message: JsonValue): boolean;
  /** The turn's answer, where its last model call gave it in the same words. */
  isAnswered(output: JsonValue): boolean;
  /** A model's answer, with a name in place of each input of a tool that has a span here. */
  withoutInputs(answer: JsonValue): JsonValue;
}

export function repetitionIn({ input, spans }: TurnInFull): Repetition {
  const told = new Set<string>();
  const answers = new Set<string>();
  const tools = new Set<string>();
  note(input, told);
  for (const span of spans) {
    note(span.input, told);
    if (span.kind !== "turn") note(span.output, told);
    if (span.kind === "model") note(span.output, answers);
    if (span.kind === "tool")
      for (const name of [span.key, span.toolCallId]) if (name) tools.add(name);
  }
  return {
    isTold: (message) => told.has(wordsOf(message).trim()),
    isAnswered: (output) => output !== null && answers.has(wordsOf(output).trim()),
    withoutInputs(answer) {
      if (!Array.isArray(answer)) return answer;
      return answer.map((block: JsonValue): JsonValue => {
        const { type, id, name = null } = isRecord(block) ? block : {};
        const isShown = type === "tool_use" && typeof id === "string" && tools.has(id);
        return isShown ? { type: "text", text: `\u2192 ${asText(name)} ${id}` } : (block ?? null);
      });
    },
  };
}

function note(value: JsonValue, into: Set<string>): void {
  if (value !== null) into.add(wordsOf(value).trim());
}
