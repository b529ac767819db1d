import { Buffer } from "node:buffer";
import type { JsonValue } from "../vocabulary/json.ts";

/** A value whose long texts were cut, and how many bytes went. */
export interface Cut {
  readonly value: JsonValue;
  readonly bytes: number;
}

/** At each side of a cut so much is looked at and then dropped: a secret that the cut splits is known by nobody. */
const margin = 4_096;
/** What is looked at in all, as a multiple of what may be kept. */
const mostLookedAt = 2;
/** Texts are cut to a half of what may be kept, to an eighth, and so on, until all of them fit. */
const steps: readonly number[] = [2, 8, 32, 128, 512, 2_048, 8_192];
const shortestLevel = 64;
const markPattern = /\n\0cut (\d+)\0\n/;

/** For a redactor to look at: head and tail of each long text, with margins. `withoutMargins` has to follow. */
export function cutWithMargins(value: JsonValue, mostBytes: number): Cut {
  const level = levelFor(value, mostBytes);
  let bytes = 0;
  let left = mostBytes * mostLookedAt;
  const cut = mapTexts(value, (text) => {
    const fits = text.length <= level + 2 * margin;
    const kept = fits
      ? text
      : headAndTail(text, level / 2 + margin, `\n\0cut ${text.length - level}\0\n`);
    left -= kept.length;
    if (left >= 0 && fits) return text;
    const said = left >= 0 ? kept : `[cut: ${text.length} characters]`;
    bytes += Buffer.byteLength(text) - Buffer.byteLength(said);
    return said;
  });
  return { value: cut, bytes };
}

export function withoutMargins(value: JsonValue): JsonValue {
  return mapTexts(value, (text) => {
    const mark = markPattern.exec(text);
    if (!mark) return text;
    const head = text.slice(0, Math.max(0, mark.index - margin));
    const tail = text.slice(mark.index + mark[0].length + margin);
    return `${head}\n[cut: ${mark[1]} characters]\n${tail}`;
  });
}

/** JSON text of at most so many bytes: of a value as it is, else with its texts cut, else of head and tail of its own JSON text. */
export function jsonWithin(value: JsonValue, json: string, mostBytes: number): string {
  for (const step of steps) {
    const level = Math.floor(mostBytes / step);
    if (level < shortestLevel) break;
    const cut = JSON.stringify(
      mapTexts(value, (text) =>
        text.length <= level
          ? text
          : headAndTail(text, level / 2, `\n[cut: ${text.length - level} characters]\n`),
      ),
    );
    if (Buffer.byteLength(cut) <= mostBytes) return cut;
  }
  // A character may take three bytes, and the JSON text of a JSON text twice its characters.
  const side = Math.max(0, Math.floor(mostBytes / 12) - 32);
  return JSON.stringify(headAndTail(json, side, `\n[cut: ${json.length - 2 * side} characters]\n`));
}

/** The longest that texts may be for all of them together to fit, with an eighth for what JSON adds. */
function levelFor(value: JsonValue, most: number): number {
  const mostBytes = (most * 7) / 8;
  const lengths: number[] = [];
  mapTexts(value, (text) => {
    lengths.push(text.length);
    return text;
  });
  const all = (level: number): number =>
    lengths.reduce((sum, length) => sum + Math.min(length, level), 0);
  const levels = [1, ...steps].map((step) => Math.floor(mostBytes / step));
  return levels.find((level) => all(level) <= mostBytes) ?? shortestLevel;
}

/** Never in the middle of a character. */
function headAndTail(text: string, side: number, between: string): string {
  const head = text.slice(0, side).replace(/[\ud800-\udbff]$/, "");
  const tail = side === 0 ? "" : text.slice(-side).replace(/^[\udc00-\udfff]/, "");
  return `${head}${between}${tail}`;
}

/** A copy with each text replaced. The value is plain, and no deeper than a plain value is. */
function mapTexts(value: JsonValue, replace: (text: string) => string): JsonValue {
  if (typeof value === "string") return replace(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => mapTexts(item, replace));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapTexts(member, replace)]),
  );
}
