import { turnTotal, type UsageReport } from "../run-tree/usage-fold.ts";
import type { Span } from "../run-tree/span.ts";
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

/** The calls that name each counter; null: that name none. */
export type CallsByMeter = ReadonlyMap<string | null, readonly Span[]>;

export function callsByMeter(calls: readonly Span[]): CallsByMeter {
  const byMeter = new Map<string | null, Span[]>();
  for (const call of calls)
    for (const meter of metersOf(call)) {
      const known = byMeter.get(meter);
      if (known) known.push(call);
      else byMeter.set(meter, [call]);
    }
  return byMeter;
}

/**
 * The unattributed rest of an activation, one for each model that its totals name. They add up to what the run tree says. Where a covered call
 * is of a model that no total names, nothing tells the models apart, and there is one rest.
 */
export function restsOf(activation: Span, byMeter: CallsByMeter): readonly Rest[] {
  const { unattributed } = activation;
  if (!unattributed || isNothing(unattributed)) return [];
  const totals = totalsOf(activation);
  const seen = coveredBy(activation, totals, byMeter);
  const byModel = Map.groupBy(totals, ({ model }) => model ?? null);
  const [only, ...others] = byModel.keys();
  const model = others.length === 0 ? (only ?? null) : null;
  if (
    others.length === 0 ||
    byModel.has(null) ||
    seen.some((call) => !byModel.has(answeringModel(call)))
  )
    return [{ model, usage: unattributed, seen, totals }];
  return [...byModel]
    .map(([model, reports]): Rest => {
      const own = seen.filter((call) => answeringModel(call) === model);
      const used = own.flatMap(({ usage }) => usage ?? []).reduce(addUsage, unknownUsage);
      const total = turnTotal(reports)?.usage ?? unknownUsage;
      return { model, usage: usageBeyond(total, used), seen: own, totals: reports };
    })
    .filter(({ usage }) => !isNothing(usage));
}

/** What an activation's counters read, in order of recording. */
export const totalsOf = ({ marks }: Span): readonly UsageReport[] =>
  reportsIn(marks, "total").toSorted(recordingOrder);

/** Those that name one of its counters, wherever they lie, and those of its own that name none. */
function coveredBy(
  { turnSpanId }: Span,
  totals: readonly UsageReport[],
  byMeter: CallsByMeter,
): readonly Span[] {
  const meters = new Set(totals.flatMap(({ meter }) => meter ?? []));
  const named = [...meters].flatMap((meter) => byMeter.get(meter) ?? []);
  const own = (byMeter.get(null) ?? []).filter(
    (call) => turnSpanId !== null && call.turnSpanId === turnSpanId,
  );
  return [...new Set([...named, ...own])];
}

function metersOf({ marks }: Span): ReadonlySet<string | null> {
  const named = new Set(reportsIn(marks, "call").flatMap(({ meter }) => meter ?? []));
  return named.size > 0 ? named : new Set([null]);
}

function reportsIn(marks: Span["marks"], basis: UsageReport["basis"]): readonly UsageReport[] {
  return marks.flatMap((mark) =>
    mark.type === "usage.reported" && mark.basis === basis ? [mark] : [],
  );
}

const isNothing = (usage: Usage): boolean => Object.values(usage).every((tokens) => !tokens);
