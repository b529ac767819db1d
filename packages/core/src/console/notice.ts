import type { ContentReader } from "../journal/content.ts";
import type { MarkEvent } from "../vocabulary/event.ts";
import type { Tone } from "./line.ts";
import { duration } from "./phrases.ts";
import { wordsSaid } from "./words-said.ts";

/** A mark that somebody who watches wants to see. */
export interface Notice {
  readonly glyph: string;
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
}

/** Null: not while watching. */
export function noticeOf(mark: MarkEvent, content: ContentReader | null): Notice | null {
  switch (mark.type) {
    case "interrupt.raised":
      return {
        glyph: "◆",
        tone: "notable",
        word: "asks",
        text: sentence(mark.wait, wordsSaid(content, mark.payload)),
      };
    case "interrupt.resolved":
      return {
        glyph: "◇",
        tone: "notable",
        word: "told",
        text: sentence(mark.wait, wordsSaid(content, mark.answer)),
      };
    case "handoff.made":
      return { glyph: "→", tone: "strong", word: "hands", text: `over to ${mark.to}` };
    case "attempt.failed":
      return {
        glyph: "↻",
        tone: "notable",
        word: "retry",
        text: `after ${mark.errorType}${
          mark.retryDelayMs === undefined ? "" : `, in ${duration(mark.retryDelayMs)}`
        }`,
      };
    case "finding.raised":
      return {
        glyph: "!",
        tone: mark.severity === "critical" ? "bad" : "notable",
        word: "finds",
        text: sentence(`${mark.code} (${mark.severity})`, wordsSaid(content, mark.detail)),
      };
    case "limit.reached":
      return { glyph: "!", tone: "bad", word: "limit", text: `${mark.limit} at ${mark.value}` };
    case "message.unhandled":
      return {
        glyph: "!",
        tone: mark.fate === "rejected" ? "notable" : "bad",
        word: "message",
        text: sentence(
          mark.to === undefined ? mark.fate : `${mark.fate} to ${mark.to}`,
          wordsSaid(content, mark.reason),
        ),
      };
    case "native.noted":
      return mark.warns === true
        ? { glyph: "!", tone: "notable", word: "warns", text: mark.name }
        : null;
    case "checkpoint.refused":
      return { glyph: "!", tone: "bad", word: "unsaved", text: mark.errorType };
    case "log.written":
      return /^(error|fatal)$/i.test(mark.level)
        ? { glyph: "!", tone: "bad", word: "error", text: wordsSaid(content, mark.content) }
        : null;
    case "session.started":
    case "usage.reported":
    case "output.began":
    case "span.amended":
    case "message.sent":
    case "message.received":
    case "decision.made":
    case "checkpoint.saved":
    case "checkpoint.written":
    case "checkpoint.restored":
    case "checkpoint.removed":
    case "score.given":
    case "record.reduced":
      return null;
    default:
      return mark satisfies never;
  }
}

function sentence(name: string | undefined, said: string): string {
  return [name ?? "", said].filter((part) => part !== "").join(": ");
}
