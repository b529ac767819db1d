import type { ContentReader } from "../../journal/content.ts";
import type { Span } from "../../run-tree/span.ts";
import type { Held } from "../../vocabulary/event.ts";
import type { PathSpan } from "./path-span.ts";
import { stepPlace } from "./step-place.ts";

/** What a span said of where it stood, and where it went. */
export type WaysTold = Pick<PathSpan, "step" | "chose" | "handedTo">;

/** What is not there any more was not said. Tasks have no place among supersteps: they follow each other within one. */
export function waysTold({ kind, name, native, marks }: Span, content: ContentReader): WaysTold {
  const read = (held: Held | null | undefined): unknown => {
    const answer = held ? content.read(held) : null;
    return answer?.kind === "value" ? answer.value : null;
  };
  return {
    step: kind === "step" ? stepPlace(read(native), name) : null,
    chose: marks.flatMap((mark) =>
      mark.type === "decision.made" && mark.kind === "route" ? textsIn(read(mark.choice)) : [],
    ),
    handedTo: marks.flatMap((mark) => (mark.type === "handoff.made" ? [mark.to] : [])),
  };
}

const textsIn = (choice: unknown): readonly string[] =>
  [choice].flat().filter((one) => typeof one === "string");
