import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { valueBehind } from "../value-behind.ts";
import { type Appearances, appearancesOf } from "./appearances.ts";
import type { Cause } from "./cause.ts";
import { causesOf } from "./causes.ts";
import type { SpanPlace } from "./span-place.ts";
import { spokenBehind } from "./spoken.ts";
import { whyReading } from "./why-reading.ts";

/** Why a span is there: `spoor why --json`. Fields are added, their meanings never change. */
export interface WhyReport extends Appearances {
  readonly session: string;
  readonly span: SpanPlace;
  /** How its input begins, of a model call its answer; null where nothing was said. */
  readonly text: string | null;
  /** From what set it off to what set it all off, the nearest first. */
  readonly causes: readonly Cause[];
}

/** Pure: what it says follows from the view and from what the content reader still has. Null: the session has no such span. */
export function whyReport(
  view: SessionView,
  content: ContentReader,
  spanId: SpanId,
): WhyReport | null {
  const reading = whyReading(view, content);
  const span = reading.find(spanId);
  if (!span) return null;
  const said = span.kind === "model" ? span.output : span.input;
  return {
    session: view.id,
    span: reading.placeOf(span),
    text: spokenBehind(said, content),
    causes: causesOf(span, reading),
    ...appearancesOf(span, valueBehind(actedOn(span), content), view, reading),
  };
}

/** What a model call acted on, its causes tell. Of a span that lies in no turn that is known, nobody can say what came before. */
function actedOn({ input, kind, turnSpanId }: Span): Span["input"] {
  return kind === "model" || turnSpanId === null ? null : input;
}
