import { turnTotal, type UsageReport } from "../run-tree/usage-fold.ts";
import type { Span } from "../run-tree/span.ts";
import type { SpanId } from "../vocabulary/event.ts";
import { recordingOrder } from "../vocabulary/recording-order.ts";
import { answeringModel } from "./answering-model.ts";
import { addUsage, type Usage, unknownUsage, usageBeyond } from "../vocabulary/usage.ts";

/** What the framework's totals show beyond the calls that were seen. */
export interface Rest {
  /** Null: several share it, and nobody knows which. */
  readonly model: string | null;
  /** Signed: a call in flight when its counter was read is a minus that the next one makes good. */
  readonly usage: Usage;
  /** The calls that the totals cover, and that were seen. */
  readonly seen: readonly Span[];
  readonly totals: readonly UsageReport[];
}

/** The model calls of a session, by what may cover them: a call that names counters is theirs, any other is its turn's. */
export interface CoveredCalls {
  readonly byMeter: ReadonlyMap<string, readonly Span[]>;
  readonly byTurn: ReadonlyMap<SpanId, readonly Span[]>;
}

export function coveredCalls(spans: readonly Span[]): CoveredCalls {
  const byMeter = new Map<string, Span[]>();
  const byTurn = new Map<SpanId, Span[]>();
  for (const call of spans) {
    if (call.kind !== "model") continue;
    const meters = metersOf(call);
    for (const meter of meters) push(byMeter, meter, call);
    if (meters.size === 0 && call.turnSpanId !== null) push(byTurn, call.turnSpanId, call);
  }
  return { byMeter, byTurn };
}

function push<Key>(byKey: Map<Key, Span[]>, key: Key, call: Span): void {
  const known = byKey.get(key);
  if (known) known.push(call);
  else byKey.set(key, [call]);
}

/**
 * The unattributed rest of an activation, one for each model that its totals name. They add up to what the run tree says. Where a covered call
 * is of a model that no total names, or an estimate falls short of one model's calls, nothing tells the models apart, and there is one rest.
 */
export function restsOf(activation: Span, calls: CoveredCalls): readonly Rest[] {
  const { unattributed } = activation;
  if (!unattributed || isNothing(unattributed)) return [];
  const totals = totalsOf(activation);
  const seen = coveredBy(activation, totals, calls);
  const byModel = Map.groupBy(totals, ({ model }) => model ?? null);
  const [only, ...others] = byModel.keys();
  const model = others.length === 0 ? (only ?? null) : null;
  if (
    others.length === 0 ||
    byModel.has(null) ||
    seen.some((call) => !byModel.has(answeringModel(call)))
  )
    return [{ model, usage: unattributed, seen, totals }];
  const rests = [...byModel].map(([model, reports]): Rest => {
    const own = seen.filter((call) => answeringModel(call) === model);
    const used = own.flatMap(({ usage }) => usage ?? []).reduce(addUsage, unknownUsage);
    const total = turnTotal(reports)?.usage ?? unknownUsage;
    return { model, usage: usageBeyond(total, used), seen: own, totals: reports };
  });
  if (!activation.totalsFinal && rests.some(({ usage }) => isBelowNothing(usage)))
    return [{ model: null, usage: unattributed, seen, totals }];
  return rests.filter(({ usage }) => !isNothing(usage));
}

/** What an activation's counters read, in order of recording. */
export const totalsOf = ({ marks }: Span): readonly UsageReport[] =>
  reportsIn(marks, "total").toSorted(recordingOrder);

/** The calls that totals of an activation cover: those that name one of their counters, wherever they lie, and those of its own that name none. */
export function coveredBy(
  { turnSpanId }: Span,
  totals: readonly UsageReport[],
  { byMeter, byTurn }: CoveredCalls,
): readonly Span[] {
  const meters = new Set(totals.flatMap(({ meter }) => meter ?? []));
  const named = [...meters].flatMap((meter) => byMeter.get(meter) ?? []);
  const own = turnSpanId === null ? [] : (byTurn.get(turnSpanId) ?? []);
  return [...new Set([...named, ...own])];
}

/** The counters that a call names. */
export const metersOf = ({ marks }: Span): ReadonlySet<string> =>
  new Set(reportsIn(marks, "call").flatMap(({ meter }) => meter ?? []));

function reportsIn(marks: Span["marks"], basis: UsageReport["basis"]): readonly UsageReport[] {
  return marks.flatMap((mark) =>
    mark.type === "usage.reported" && mark.basis === basis ? [mark] : [],
  );
}

const isBelowNothing = (usage: Usage): boolean =>
  Object.values(usage).some((tokens) => tokens !== null && tokens < 0);
const isNothing = (usage: Usage): boolean => Object.values(usage).every((tokens) => !tokens);
