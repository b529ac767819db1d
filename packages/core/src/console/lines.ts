import type { ContentReader } from "../journal/content.ts";
import { bestUsage } from "../run-tree/usage-fold.ts";
import type { AgentEvent, ClosingEvent, EventOf, OpeningEvent } from "../vocabulary/event.ts";
import { onOneLine } from "../terminal/one-line.ts";
import { headingLine, noticeLine, type Sign, spanLine } from "./layout.ts";
import type { Line, Piece, Tone } from "./line.ts";
import { noticeOf } from "./notice.ts";
import { OpenWork, type Work } from "./open-work.ts";
import { between, tokens } from "./phrases.ts";
import { wordsSaid } from "./words-said.ts";

const opens: Sign = { glyph: "▸", tone: "faint" };
const adds: Sign = { glyph: "·", tone: "faint" };
const ends: Readonly<Record<ClosingEvent["outcome"]["status"], Sign>> = {
  ok: { glyph: "✓", tone: "good" },
  error: { glyph: "✗", tone: "bad" },
  cancelled: { glyph: "⊘", tone: "notable" },
  suspended: { glyph: "‖", tone: "notable" },
};

/** The tree as it grows, as lines: no I/O and no clock, only what the events tell and what is open. */
export class TreeLines {
  readonly #work: OpenWork = new OpenWork();
  #session: string | null = null;

  /** Most facts are no line: what another witness has told already, and what is of interest only later. */
  after(event: AgentEvent, content: ContentReader | null): readonly Line[] {
    const line = this.#lineOf(event, content);
    if (event.type !== "session.started" && !line) return [];
    const isElsewhere = event.session !== this.#session;
    this.#session = event.session;
    return [...(isElsewhere ? [headingLine(event)] : []), ...(line ? [line] : [])];
  }

  #lineOf(event: AgentEvent, content: ContentReader | null): Line | null {
    if ("outcome" in event) return this.#closing(event, content);
    if ("key" in event) return this.#opening(event);
    if (event.type === "usage.reported") return this.#usage(event);
    const notice = noticeOf(event, content);
    const on = event.on === null ? null : this.#work.find(event.session, event.on);
    return notice && noticeLine(notice, event.at ?? null, on);
  }

  #opening(event: OpeningEvent): Line | null {
    const work = this.#work.open(event);
    return work && spanLine(work, event.at ?? null, opens, openingFacts(event));
  }

  #closing(event: ClosingEvent, content: ContentReader | null): Line | null {
    const work = this.#work.close(event);
    if (!work) return null;
    const at = event.at ?? null;
    const sign = ends[event.outcome.status];
    return spanLine(work, at, sign, [
      piece(between(work.startedAt, at).padStart(6), "plain"),
      event.type === "model.ended" ? piece(tokensOf(work), "faint") : null,
      piece(howItEnded(event, content), sign.tone),
    ]);
  }

  /** A line of its own only where the call's last line had to do without it. */
  #usage(event: EventOf<"usage.reported">): Line | null {
    const work = this.#work.find(event.session, event.on);
    if (!work || event.basis !== "call") return null;
    const isNews = event.final && bestUsage(work.reports)?.final !== true;
    work.reports.push(event);
    if (!isNews || this.#work.isOpen(event.session, event.on)) return null;
    return spanLine(work, event.at ?? null, adds, [piece(tokensOf(work), "faint")]);
  }
}

const piece = (text: string, tone: Tone): Piece => ({ text, tone });

const tokensOf = (work: Work): string => tokens(bestUsage(work.reports)?.usage ?? null);

function openingFacts(event: OpeningEvent): readonly Piece[] {
  const model = event.type === "model.started" ? event.requestModel : undefined;
  const goesOn = event.type === "turn.started" && event.resumes !== undefined;
  return [
    ...(goesOn ? ["goes on"] : []),
    ...(model === undefined || model === event.name ? [] : [model]),
    ...(event.agent === undefined || event.agent === event.name ? [] : [`as ${event.agent}`]),
    ...(event.attempt === undefined || event.attempt < 2 ? [] : [`attempt ${event.attempt}`]),
  ].map((text) => piece(onOneLine(text), "faint"));
}

function howItEnded({ outcome, detail }: ClosingEvent, content: ContentReader | null): string {
  const status = outcome.status === "error" ? outcome.errorType : outcome.status;
  const said = wordsSaid(content, detail);
  return [...(status === "ok" ? [] : [onOneLine(status)]), ...(said === "" ? [] : [said])].join(
    ": ",
  );
}
