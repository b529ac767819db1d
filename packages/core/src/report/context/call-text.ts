import { onOneLine } from "../../terminal/one-line.ts";
import { dotted } from "../tree/header.ts";
import { statusCell } from "../tree/span-row.ts";
import { type Line, piece } from "../tree/styled-text.ts";
import type { CallReport, ContextReport, UnknownPart } from "./context-report.ts";

/** Which call is meant, as it can be asked for: `4.2` is the second call of turn 4. */
export const callName = ({ turn, call }: Pick<CallReport, "turn" | "call">): string =>
  `${turn}.${call}`;

export function callLine(title: string, call: CallReport, times: boolean): Line {
  const { agent, calls, model, spanId, startedAt, status } = call;
  return dotted([
    piece(`${title} ${callName(call)}`, "bold"),
    piece(`call ${call.call} of ${calls} in turn ${call.turn}`),
    ...(model === null ? [] : [piece(onOneLine(model))]),
    ...(agent === null ? [] : [piece(`@${onOneLine(agent)}`)]),
    statusCell(status),
    piece(`span ${spanId}`, "dim"),
    ...(times && startedAt !== null ? [piece(startedAt, "dim")] : []),
  ]);
}

/** What the list rests on: a reader must not take what was put together for what was sent. */
export function basisText({ basis, since }: Pick<ContextReport, "basis" | "since">): string {
  if (basis === "recorded") return "recorded: the request as it was sent";
  const beginning = since ? ` since ${beginningText(since)}` : "";
  return `reconstructed: nobody recorded the request; this is what is known to have been said${beginning}`;
}

function beginningText({ turn, what }: NonNullable<ContextReport["since"]>): string {
  switch (what) {
    case "session":
      return "the session began";
    case "agent":
      return `its agent was started in turn ${turn}`;
    case "compaction":
      return `the compaction in turn ${turn}`;
    default:
      return what satisfies never;
  }
}

const unknownTexts: Readonly<Record<UnknownPart, string>> = {
  instructions: "the system prompt",
  tools: "the tool definitions",
  additions: "what the framework adds by itself",
  input: "some of what was asked",
  kept: "what the compaction kept as it was",
  history: "what was said in the session that this one is a fork of",
  messages: "a part of the messages",
};

/** Empty where nothing is missing. */
export function unknownText(unknown: readonly UnknownPart[]): string {
  const texts = unknown.map((part) => unknownTexts[part]);
  return texts.length === 0 ? "" : `not in this journal: ${texts.join(", ")}`;
}
