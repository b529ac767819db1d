import { onOneLine } from "../../terminal/one-line.ts";
import { saidRows } from "../in-full/said-rows.ts";
import { bytesText } from "../text/byte-size.ts";
import type { Room } from "../text/wrap.ts";
import { type Row, textRow } from "../tree/row.ts";
import { type Line, piece, type Style } from "../tree/styled-text.ts";
import type { ContextMessage, ContextPart } from "./context-part.ts";

const shortHash = 8;

/** What it is, how much, since when, and the beginning of its hash. What is not there is said below, in words. */
export function partTitle(title: string, part: ContextPart, style?: Style): Line {
  const { bytes, firstTurn, hash, state } = part;
  return [
    piece(title, style ?? "bold"),
    ...(state === "untold" ? [] : [piece(`  ${bytesText(bytes)}`, "dim")]),
    piece(`  since turn ${firstTurn ?? "?"}`, "dim"),
    ...(hash === null ? [] : [piece(`  ${hash.slice(0, shortHash)}`, "dim")]),
    ...(state === "value" ? [] : [piece(`  ${state}`, "yellow")]),
  ];
}

export function messageTitle({ index, origin, role }: ContextMessage): string {
  const speaker = onOneLine(role ?? "message");
  return origin === "summary" ? `#${index} ${speaker}, a summary` : `#${index} ${speaker}`;
}

export function partRows(title: string, part: ContextPart, room: Room): readonly Row[] {
  return [textRow("", partTitle(title, part)), ...saidRows(" ", part.value, { guide: "", room })];
}
