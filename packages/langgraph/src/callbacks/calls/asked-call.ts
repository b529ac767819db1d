import type { Key } from "@spoor/core";
import { isRecord } from "@spoor/core";
import type { Fields } from "../native.ts";
import { fieldsOf, listOf, readOr, textOf } from "../reading.ts";

/** A tool call that somebody asked for. */
export interface AskedCall {
  /** Absent where a provider gave it none. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: unknown;
  /** The model call that asked for it; null where that was not seen. */
  readonly requester: Key | null;
}

/** The calls that a model's message asks for. */
export function callsIn(message: unknown, requester: Key | null): readonly AskedCall[] {
  return readOr<readonly AskedCall[]>([], () =>
    listOf(fieldsOf(message)["tool_calls"])
      .filter(isRecord)
      .map((call) => callOf(call, requester)),
  );
}

/** The calls that a node is to answer: LangChain's agents name one, else it is what the last message asks for and no later one answers. */
export function callsGivenTo(inputs: unknown): readonly AskedCall[] {
  return readOr<readonly AskedCall[]>([], () => unansweredIn(inputs));
}

function unansweredIn(inputs: unknown): readonly AskedCall[] {
  const one = fieldsOf(inputs)["lg_tool_call"];
  if (isRecord(one)) return [callOf(one, null)];
  const messages = Array.isArray(inputs) ? inputs : listOf(fieldsOf(inputs)["messages"]);
  const answered = new Set<string>();
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const answers = textOf(fieldsOf(messages[index])["tool_call_id"]);
    if (answers === undefined)
      return callsIn(messages[index], null).filter(({ id }) => !answered.has(id ?? ""));
    answered.add(answers);
  }
  return [];
}

function callOf(call: Fields, requester: Key | null): AskedCall {
  return {
    id: textOf(call["id"]),
    name: textOf(call["name"]),
    arguments: call["args"],
    requester,
  };
}
