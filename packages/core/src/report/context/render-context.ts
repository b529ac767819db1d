import { type TextOptions, roomIn } from "../text/text-options.ts";
import { bytesText } from "../text/byte-size.ts";
import { countText } from "../text/count.ts";
import { inputOf, tokensText } from "../text/tokens.ts";
import { dotted } from "../tree/header.ts";
import { align, emptyRow, type Row, textRow } from "../tree/row.ts";
import { type Line, paint, piece } from "../tree/styled-text.ts";
import { basisText, callLine, unknownText } from "./call-text.ts";
import type { ContextPart } from "./context-part.ts";
import type { ContextReport } from "./context-report.ts";
import { messageTitle, partRows } from "./part-rows.ts";

/** What a model call was sent, part by part, for people to read. Nothing in it can move the cursor or break a line. */
export function renderContext(report: ContextReport, options: TextOptions = {}): readonly string[] {
  const { call, instructions, messages, tools, unknown } = report;
  const { color = false, times = true, width = Infinity } = options;
  const room = roomIn(options);
  const missing = unknownText(unknown);
  const rows: readonly Row[] = [
    textRow("", callLine("context", call, times)),
    textRow("", sizeLine(report)),
    textRow("", [piece(basisText(report), report.basis === "recorded" ? "dim" : "yellow")]),
    ...(missing === "" ? [] : [textRow("", [piece(missing, "yellow")])]),
    ...(instructions ? [emptyRow, ...partRows("instructions", instructions, room)] : []),
    ...(tools ? [emptyRow, ...partRows("tools", tools, room)] : []),
    ...(messages ?? []).flatMap((message) => [
      emptyRow,
      ...partRows(messageTitle(message), message, room),
    ]),
  ];
  return align(rows).map((line) => paint(line, { color, width }));
}

function sizeLine({ call, contextHash, instructions, messages, tools }: ContextReport): Line {
  const parts = [instructions, tools, ...(messages ?? [])].filter((part) => part !== null);
  const gone = parts.filter(({ state }) => state !== "value");
  return dotted([
    piece(messages ? countText(messages.length, "message") : "messages ?"),
    ...(parts.length === 0 ? [] : [piece(bytesText(sizeOf(parts)))]),
    ...(gone.length === 0 ? [] : [piece(`and ${goneText(gone)}`, "yellow")]),
    piece(`${tokensText(call.usage && inputOf(call.usage))} tokens in`),
    ...(contextHash === null ? [] : [piece(`hash ${contextHash}`, "dim")]),
  ]);
}

const sizeOf = (parts: readonly ContextPart[]): number =>
  parts.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

function goneText(parts: readonly ContextPart[]): string {
  const states = Map.groupBy(parts, ({ state }) => state);
  return [...states].map(([state, those]) => `${those.length} ${state}`).join(", ");
}
