import type { ContentReader } from "../journal/content.ts";
import type { SessionView } from "../run-tree/run-tree.ts";
import type { Span } from "../run-tree/span.ts";
import { textBehind } from "../report/value-behind.ts";
import type { Held, SpanId } from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";
import { answeringModel } from "./answering-model.ts";
import { toolsActedOn } from "./acted-on.ts";
import type { PriceBook } from "./prices/price-book.ts";
import type { Cost } from "./price-call.ts";
import { type ReportedIn, reportedBy, reportedSpans } from "./reported.ts";
import { coveredCalls } from "./rest.ts";
import { uncountedIn } from "./uncounted.ts";
import { callCost, restCosts } from "./span-cost.ts";
import type { Terms } from "./terms.ts";
import type { Usd } from "../report/usd.ts";

/** Whom a line is put down to. Null is unknown, or nobody. */
export interface Account {
  readonly session: string;
  readonly user: string | null;
  readonly feature: string | null;
  readonly model: string | null;
  readonly turnSpanId: SpanId | null;
  /** When its turn began, as far as that is known. */
  readonly turnAt: number | null;
  /** When the call, or the turn, began. */
  readonly at: number | null;
}

/** One model call, or what a turn used beyond the calls that were seen. */
export interface LedgerLine extends Account {
  readonly kind: "call" | "unattributed";
  /** Of the call, or of the turn. */
  readonly spanId: SpanId;
  readonly agent: string | null;
  /** The tools whose results it is the first to act on. */
  readonly tool: string | null;
  readonly provider: string | null;
  readonly terms: Terms;
  readonly usage: Usage | null;
  /** False: only snapshots of a growing number were seen. */
  readonly usageFinal: boolean;
  readonly cost: Cost;
  /** The framework's own report that holds it, and that it may be compared with; null: there is none. */
  readonly reported: ReportedIn | null;
}

/** What the framework says was spent on a model in a turn. A fact about the framework, beside what we compute. */
export interface ReportedLine extends Account {
  readonly usd: Usd;
}

/** A call or turn that is told of, but not in full. */
export interface UncountedLine extends Account {
  /** As that of a line. */
  readonly reported: ReportedIn | null;
}

export interface Ledger {
  readonly lines: readonly LedgerLine[];
  readonly reported: readonly ReportedLine[];
  /** Calls and turns in which something was used that nobody could count. */
  readonly uncounted: readonly UncountedLine[];
  /** Whether what the framework reports holds the same as the lines that it is said of: all of it counted, and none of it left out. */
  readonly isComparable: boolean;
  /** How many lines were left out because nobody knows when they were made. */
  readonly timeless: number;
}

/** What a session cost, line by line: each model call once, whatever it hangs on, and each turn's rest. Pure. */
export function ledgerOf(view: SessionView, content: ContentReader, book: PriceBook): Ledger {
  const pricing = { book, content };
  const calls = view.spans.filter(({ kind }) => kind === "model");
  const turns = view.spans.filter(({ kind }) => kind === "turn");
  const tools = toolsActedOn(view.spans);
  const covered = coveredCalls(calls);
  const reportedAmong = reportedSpans(turns, covered);
  const reportOf = ({ spanId }: Span): ReportedIn | null => reportedAmong.get(spanId) ?? null;
  const turnAt = new Map(turns.map(({ spanId, startedAt }) => [spanId, startedAt]));
  const userOf = nameReader(content);
  const account = (span: Span, model: string | null): Account => ({
    session: span.session,
    user: userOf(span.labels.userId),
    feature: span.labels.feature,
    model,
    turnSpanId: span.turnSpanId,
    turnAt: span.turnSpanId === null ? null : (turnAt.get(span.turnSpanId) ?? null),
    at: span.startedAt ?? span.endedAt,
  });
  const ofCalls = calls.map((call): LedgerLine => ({
    kind: "call",
    ...account(call, modelOf(call)),
    spanId: call.spanId,
    agent: call.agent,
    tool: tools.get(call.spanId) ?? null,
    provider: call.provider,
    reported: reportOf(call),
    usage: call.usage,
    usageFinal: call.usageFinal,
    ...callCost(call, pricing),
  }));
  const ofRests = turns.flatMap((turn) =>
    restCosts(turn, covered, pricing).map(({ rest, provider, terms, cost }): LedgerLine => ({
      kind: "unattributed",
      ...account(turn, rest.model),
      spanId: turn.spanId,
      agent: null,
      tool: null,
      provider,
      reported: reportOf(turn),
      terms,
      usage: rest.usage,
      usageFinal: turn.totalsFinal,
      cost,
    })),
  );
  const reported = turns.flatMap((turn) =>
    reportedBy(turn).map(({ model, usd }): ReportedLine => ({ ...account(turn, model), usd })),
  );
  const uncountedSpans = view.usageComplete ? [] : uncountedIn(view.spans);
  const uncounted = uncountedSpans.map((span): UncountedLine => ({
    ...account(span, modelOf(span)),
    reported: reportOf(span),
  }));
  return {
    lines: [...ofCalls, ...ofRests],
    reported,
    uncounted,
    isComparable: uncounted.every(({ reported }) => reported === null),
    timeless: 0,
  };
}

const modelOf = (call: Span): string | null => answeringModel(call) ?? call.requestModel;

/** Read once: most spans of a session are the same user's. */
function nameReader(content: ContentReader): (held: Held | null) => string | null {
  const names = new Map<Held | null, string | null>();
  return (held) => {
    const known = names.get(held);
    if (known !== undefined) return known;
    const name = textBehind(held, content);
    names.set(held, name);
    return name;
  };
}
