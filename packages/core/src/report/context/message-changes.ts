import { type Compared, listChanges } from "../text/list-changes.ts";
import type { TextChange } from "../text/text-change.ts";
import type { ContextMessage } from "./context-part.ts";

/** What became of messages from one context to the next. `before` and `after` are places, from 0. */
export type MessageChange =
  | {
      readonly change: "kept";
      readonly before: number;
      readonly after: number;
      readonly count: number;
    }
  | { readonly change: "cut"; readonly message: ContextMessage }
  | { readonly change: "added"; readonly message: ContextMessage }
  | {
      readonly change: "replaced";
      readonly before: ContextMessage;
      readonly after: ContextMessage;
      readonly text: TextChange;
    };

export function messageChanges(
  before: readonly ContextMessage[],
  after: readonly ContextMessage[],
): readonly MessageChange[] {
  return listChanges(before, after, comparedBy).map((one): MessageChange => {
    if (one.change === "kept" || one.change === "replaced") return one;
    return { change: one.change, message: one.item };
  });
}

/**
 * Nobody can tell two withheld messages apart: what stands in the same place is taken for the same, as the recorder does. Where it is known who
 * said a message, it is that saying, and not another with the same words.
 */
function comparedBy({ bytes, hash, origin, role, spanId, value }: ContextMessage): Compared {
  return {
    name: JSON.stringify([hash, spanId, origin, hash === null ? value : null]),
    role,
    saidIn: spanId,
    size: bytes ?? 0,
    value: () => value,
  };
}
