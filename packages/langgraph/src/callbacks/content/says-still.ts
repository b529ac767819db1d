import { isRecord } from "@spoor/core";
import type { Fields } from "../native.ts";
import { listOf, readOr, textOf } from "../reading.ts";
import type { NeutralMessage } from "./message.ts";
import { reasoningBeside } from "./message.ts";
import { sameJson } from "./same-json.ts";

/**
 * Whether a message still says what its form was made of: text, and the tool calls that it asks for. A step reads all messages before it, and
 * to compare one is a fraction of making its form anew. False also where only making it anew can tell: of blocks, and of what is not valid.
 */
export function saysStill(live: Fields, form: NeutralMessage): boolean {
  return (
    typeof live["content"] === "string" &&
    live["content"] === form["content"] &&
    textOf(live["name"]) === form["name"] &&
    textOf(live["tool_call_id"]) === form["toolCallId"] &&
    (live["status"] === "error") === (form["status"] === "error") &&
    listOf(live["invalid_tool_calls"]).length === 0 &&
    form["invalidToolCalls"] === undefined &&
    reasoningBeside(live) === undefined &&
    asksStill(listOf(live["tool_calls"]), listOf(form["toolCalls"]))
  );
}

function asksStill(calls: readonly unknown[], asked: readonly unknown[]): boolean {
  return (
    calls.length === asked.length &&
    readOr(false, () => calls.every((call, at) => isStill(call, asked[at])))
  );
}

function isStill(call: unknown, asked: unknown): boolean {
  return (
    isRecord(call) &&
    isRecord(asked) &&
    textOf(call["id"]) === asked["id"] &&
    textOf(call["name"]) === asked["name"] &&
    textOf(call["error"]) === asked["error"] &&
    sameJson(asked["arguments"], call["args"])
  );
}
