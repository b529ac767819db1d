import type { PageContext, Place } from "../../page-data.ts";
import type { SessionModel } from "./session-model.ts";

/** What a model call was sent, put together again. */
export interface CallContext {
  readonly call: Place;
  readonly instructions?: Place;
  readonly tools?: Place;
  /** Places of messages. */
  readonly messages: readonly Place[];
  /** What is not known of a request that nobody recorded; absent where it was recorded. */
  readonly reconstructed?: readonly string[];
}

/** Why there is no list. */
export type Absence = "not recorded" | "gone in part";

/** Rebuilds contexts from their differences; the last few that were asked for are kept, so that going through turns is cheap. */
export function callContexts({ data }: SessionModel): (call: Place) => CallContext | Absence {
  const kept = new Map<Place, readonly Place[]>();

  const chainOf = (call: Place): readonly { at: Place; context: PageContext }[] => {
    const chain: { at: Place; context: PageContext }[] = [];
    for (let at: Place | undefined = call; at !== undefined && !kept.has(at);) {
      const context: PageContext | undefined = data.spans[at]?.context;
      if (!context) break;
      chain.push({ at, context });
      at = context.from;
    }
    return chain.toReversed();
  };

  const messagesOf = (call: Place): readonly Place[] => {
    for (const { at, context } of chainOf(call)) {
      const before = context.from === undefined ? [] : (kept.get(context.from) ?? []);
      const { keep, cut, add } = context;
      kept.set(at, [...before.slice(0, keep), ...add, ...before.slice(keep + cut)]);
      if (kept.size > mostKept) forgetAllBut(kept, [at, call]);
    }
    return kept.get(call) ?? [];
  };

  return (call) => {
    const context = data.spans[call]?.context;
    if (!context) return "not recorded";
    if (context.gone !== undefined) return "gone in part";
    const { instructions, tools, reconstructed } = context;
    return {
      call,
      ...(instructions === undefined ? {} : { instructions }),
      ...(tools === undefined ? {} : { tools }),
      ...(reconstructed === undefined ? {} : { reconstructed }),
      messages: messagesOf(call),
    };
  };
}

const mostKept = 64;

function forgetAllBut(kept: Map<Place, readonly Place[]>, needed: readonly Place[]): void {
  for (const place of kept.keys()) if (!needed.includes(place)) kept.delete(place);
}
