import { bytesText } from "../text/byte-size.ts";
import { roomIn, type TextOptions } from "../text/text-options.ts";
import type { Room } from "../text/wrap.ts";
import { countText } from "../text/count.ts";
import { inputOf, tokensText } from "../text/tokens.ts";
import { dotted } from "../tree/header.ts";
import { align, emptyRow, type Row, textRow } from "../tree/row.ts";
import { type Line, paint, piece, type Piece } from "../tree/styled-text.ts";
import { basisText, callLine, callName, unknownText } from "./call-text.ts";
import { changedTextRows } from "./changed-text-rows.ts";
import type { ContextChange, PartChange } from "./context-change.ts";
import { changedMessageRows } from "./changed-message-rows.ts";
import type { MessageChange } from "./message-changes.ts";

/** What changed in what the model was sent. Signs tell what colours tell: `+` came, `-` went, `~` was replaced. */
export function renderChange(change: ContextChange, options: TextOptions = {}): readonly string[] {
  const { basis, call, compactions, instructions, messages, tools, unknown } = change;
  const { color = false, times = true, width = Infinity } = options;
  const room = roomIn(options);
  const missing = unknownText(unknown);
  const rows: readonly Row[] = [
    textRow("", callLine("what changed in", call, times)),
    textRow("", againstLine(change)),
    textRow("", countsLine(messages)),
    ...(basis === "recorded"
      ? []
      : [textRow("", [piece(basisText({ basis, since: null }), "yellow")])]),
    ...(missing === "" ? [] : [textRow("", [piece(missing, "yellow")])]),
    ...compactions.map(({ spanId, turn }) =>
      textRow("", [piece(`compacted in turn ${turn}`, "yellow"), piece(`  span ${spanId}`, "dim")]),
    ),
    ...partRows("instructions", instructions, room),
    ...partRows("tools", tools, room),
    ...(messages ? [emptyRow, ...changedMessageRows(messages, room)] : []),
  ];
  return align(rows).map((line) => paint(line, { color, width }));
}

function partRows(
  title: string,
  { bytes: [from, to], change, text }: PartChange,
  room: Room,
): readonly Row[] {
  if (change === "none") return [];
  const size =
    change === "changed" ? `${bytesText(from)} \u2192 ${bytesText(to)}` : bytesText(to ?? from);
  const word = change === "same" ? piece("  as before", "dim") : piece(`  ${change}`, "yellow");
  return [
    emptyRow,
    textRow("", [piece(title, "bold"), piece(`  ${size}`, "dim"), word]),
    ...(text ? changedTextRows(text, room) : []),
  ];
}

function againstLine({ before, call }: ContextChange): Line {
  if (!before)
    return [
      piece("no turn before this one is known in this conversation: all of it is new", "dim"),
    ];
  const [from, to] = [before, call].map(({ usage }) => tokensText(usage && inputOf(usage)));
  const which = before.turn === call.turn ? "the call before it" : "the last call of a turn before";
  return dotted([
    piece(`against ${callName(before)}, ${which} in this conversation`, "dim"),
    piece(`${from} \u2192 ${to} tokens in`),
  ]);
}

/** Of each kind of change, how many messages and how much. */
function countsLine(messages: readonly MessageChange[] | null): Line {
  if (!messages) return [piece("messages ?", "yellow")];
  const kept = messages.reduce((sum, one) => sum + (one.change === "kept" ? one.count : 0), 0);
  const added = messages.flatMap((one) => (one.change === "added" ? [one.message] : []));
  const cut = messages.flatMap((one) => (one.change === "cut" ? [one.message] : []));
  const replaced = messages.flatMap((one) => (one.change === "replaced" ? [one.after] : []));
  const pieces: readonly Piece[] = [
    piece(`${countText(kept, "message")} kept`),
    ...(added.length === 0 ? [] : [piece(`+${added.length}, ${sizeOf(added)}`, "green")]),
    ...(cut.length === 0 ? [] : [piece(`-${cut.length}, ${sizeOf(cut)}`, "red")]),
    ...(replaced.length === 0 ? [] : [piece(`~${replaced.length}, ${sizeOf(replaced)}`, "yellow")]),
  ];
  return dotted(pieces.length > 1 ? pieces : [...pieces, piece("nothing changed")]);
}

function sizeOf(messages: readonly { readonly bytes: number | null }[]): string {
  const known = messages.flatMap(({ bytes }) => bytes ?? []);
  const sum = bytesText(known.reduce((all, bytes) => all + bytes, 0));
  return known.length < messages.length ? `${sum} and what is not here` : sum;
}
