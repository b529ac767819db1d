import type { ContentReader, Held, JsonValue } from "@spoor/core";
import type { LeftOut, PageText, Place } from "../page-data.ts";
import { cutJson, cutText } from "./cut.ts";
import { fairLimit } from "./fair-limit.ts";

/** How much of what was said a page holds; in characters. */
export interface TextLimits {
  readonly all: number;
  readonly one: number;
}

/** Texts that a page names by their place, each kept once. */
export interface TextPool {
  /** Undefined where nothing was said. What is not there any more is said in words. */
  ofHeld(held: Held | null | undefined): Place | undefined;
  ofValue(value: JsonValue): Place;
  /** The same for a value that may be asked for many times: an object is only looked at when it is first seen. */
  ofSaid(value: JsonValue): Place;
  /** All of them, in as much room as there is. */
  texts(limits: TextLimits): {
    readonly texts: readonly PageText[];
    readonly leftOut: Pick<LeftOut, "texts" | "longestText">;
  };
}

export function textPool(content: ContentReader): TextPool {
  const kept: Kept[] = [];
  const byReference = new Map<string, Place>();
  const byText = new Map<string, Place>();
  const byIdentity = new Map<JsonValue, Place>();

  const ofValue = (value: JsonValue): Place => {
    const json = JSON.stringify(value);
    const place = byText.get(json) ?? kept.length;
    if (place === kept.length) {
      byText.set(json, place);
      kept.push({ value, length: typeof value === "string" ? value.length : json.length });
    }
    return place;
  };

  return {
    ofValue,
    ofSaid(value) {
      const place = byIdentity.get(value) ?? ofValue(value);
      byIdentity.set(value, place);
      return place;
    },
    ofHeld(held) {
      if (held === null || held === undefined) return undefined;
      const name = typeof held === "string" ? held : `withheld ${held.withheld}`;
      const place = byReference.get(name) ?? ofValue(inWords(held, content));
      byReference.set(name, place);
      return place;
    },
    texts({ all, one }) {
      const lengths = kept.map(({ length }) => length);
      const limit = fairLimit(lengths, all, one);
      const texts = kept.map((text) => pageText(text, limit));
      const cut = texts.filter(({ cutFrom }) => cutFrom !== undefined).length;
      return { texts, leftOut: { texts: cut, longestText: limit } };
    },
  };
}

interface Kept {
  readonly value: JsonValue;
  /** In characters of its text. */
  readonly length: number;
}

function pageText({ value, length }: Kept, limit: number): PageText {
  return {
    ...(typeof value === "string"
      ? { text: cutText(value, limit) }
      : { text: cutJson(value, limit), json: true }),
    ...(length > limit ? { cutFrom: length } : {}),
  };
}

/** The same words as in `show --json`. */
function inWords(held: Held, content: ContentReader): JsonValue {
  const answer = content.read(held);
  switch (answer.kind) {
    case "value":
      return answer.cutFrom === undefined
        ? answer.value
        : `[cut from ${answer.cutFrom} bytes] ${typeof answer.value === "string" ? answer.value : JSON.stringify(answer.value)}`;
    case "withheld":
      return `[withheld: ${answer.reason}]`;
    case "erased":
      return "[erased]";
    case "removed":
      return "[removed by retention]";
    case "missing":
      return "[not in this journal]";
    default:
      return answer satisfies never;
  }
}
