import type { Span } from "../run-tree/span.ts";

/** The model that answered, as far as a call or a report of its usage says; a call that nobody saw ending has only that. Null: nobody said. */
export function answeringModel({ model, marks }: Span): string | null {
  if (model !== null) return model;
  for (const mark of marks)
    if (mark.type === "usage.reported" && mark.model !== undefined) return mark.model;
  return null;
}
