import type { SpanId } from "../../vocabulary/event.ts";
import type { SpanPlace } from "./span-place.ts";

/** What led to a span. */
export interface Cause {
  readonly how: How;
  /** `recorded`: the framework said so. `order`: it follows from what came before in the same conversation. */
  readonly basis: "recorded" | "order";
  /** Several where all of them did; none where it is not in this session, or nobody's. */
  readonly spans: readonly SpanPlace[];
  /** What of it is not in this session. */
  readonly elsewhere: SpanId | null;
  /** How it begins that was said; null where nothing was, or nobody recorded it. */
  readonly text: string | null;
  /** Of what was asked: who asked it, in the framework's word. */
  readonly trigger: string | null;
}

/**
 * `asked`: a model call asked for it. `returned`: these gave what it acted on. `told`: somebody said something to it. `began`: it is the first thing
 * in this. `followed`: it came next. `ran`: this ran it. `setOff`: this set it off. `suspended`: it goes on from there. `forked`, `linked`: so says the
 * record. `prompt`: what was asked set it all off.
 */
export type How =
  | "asked"
  | "returned"
  | "told"
  | "began"
  | "followed"
  | "ran"
  | "setOff"
  | "suspended"
  | "forked"
  | "linked"
  | "prompt";

export const causeOf = (
  how: How,
  basis: Cause["basis"],
  known: Partial<Omit<Cause, "how" | "basis">>,
): Cause => ({ how, basis, spans: [], elsewhere: null, text: null, trigger: null, ...known });
