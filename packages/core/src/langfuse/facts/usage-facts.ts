import type { Span } from "../../run-tree/span.ts";
import type { EventOf } from "../../vocabulary/event.ts";
import type { Usage } from "../../vocabulary/usage.ts";
import { object, type Form, usageIn, usageObject } from "./form.ts";

/** What a counter read on a turn. */
export interface TotalFact {
  readonly usage: Usage;
  readonly final: boolean;
  readonly meter?: string;
  readonly model?: string;
  readonly reportedUsd?: number;
}

type Report = EventOf<"usage.reported">;

const reportsOf = ({ marks }: Span, basis: Report["basis"]): readonly Report[] =>
  marks.filter((mark): mark is Report => mark.type === "usage.reported" && mark.basis === basis);

/** The counters that a call says cover it. */
export function countersOf(span: Span): readonly string[] {
  return [...new Set(reportsOf(span, "call").flatMap(({ meter }) => meter ?? []))];
}

export function totalsOf(span: Span): readonly TotalFact[] {
  return reportsOf(span, "total").map(({ usage, final, meter, model, reportedUsd }) => ({
    usage,
    final,
    ...optional({ meter, model, reportedUsd }),
  }));
}

export const totalForm: Form<TotalFact> = object(
  ({ usage, final, ...more }) => ({ ...usageObject(usage), final, ...more }),
  (told) => {
    const { final, meter, model, reportedUsd } = told;
    if (typeof final !== "boolean") return null;
    return {
      usage: usageIn(told),
      final,
      ...optional({
        meter: typeof meter === "string" ? meter : undefined,
        model: typeof model === "string" ? model : undefined,
        reportedUsd: typeof reportedUsd === "number" ? reportedUsd : undefined,
      }),
    };
  },
);

function optional({
  meter,
  model,
  reportedUsd,
}: {
  readonly meter: string | undefined;
  readonly model: string | undefined;
  readonly reportedUsd: number | undefined;
}): Pick<TotalFact, "meter" | "model" | "reportedUsd"> {
  return {
    ...(meter === undefined ? {} : { meter }),
    ...(model === undefined ? {} : { model }),
    ...(reportedUsd === undefined ? {} : { reportedUsd }),
  };
}
