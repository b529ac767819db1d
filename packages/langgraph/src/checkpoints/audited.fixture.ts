import type { CallbackHandlerMethods } from "@langchain/core/callbacks/base";
import type { DraftOf, EventDraft, Recorder } from "@spoor/core";
import { MemorySaver } from "@langchain/langgraph";
import { type Listening, listening } from "../handler/heard.fixture.ts";
import { spoorCallbacks } from "../handler/spoor-callbacks.ts";
import { auditCheckpointer } from "./audit-checkpointer.ts";
import type { StateDocument } from "./digest/state-document.ts";
import type { WritesDocument } from "./digest/writes-document.ts";
import type { CheckpointAuditOptions } from "./options.ts";

export type CheckpointDraft = Extract<EventDraft, { readonly type: `checkpoint.${string}` }>;

/** A checkpointer with a witness, and an application around it. */
export interface Stage<Saver extends object> {
  readonly bare: Saver;
  readonly saver: Saver;
  readonly observer: Listening;
  /** Of an application that is recorded, in a thread. */
  readonly config: (thread?: string) => {
    readonly callbacks: CallbackHandlerMethods[];
    readonly configurable: { readonly thread_id: string };
  };
}

export function staged<Saver extends object = MemorySaver>(
  options: CheckpointAuditOptions = {},
  bare: Saver = new MemorySaver() as unknown as Saver,
): Stage<Saver> {
  const observer = listening();
  const saver = auditCheckpointer(bare, observer, options);
  return { bare, saver, observer, config: (thread = "thread") => configOf(observer, thread) };
}

export const configOf = (
  observer: Recorder,
  thread: string,
): { callbacks: CallbackHandlerMethods[]; configurable: { thread_id: string } } => ({
  callbacks: [spoorCallbacks(observer)],
  configurable: { thread_id: thread },
});

export const checkpointsIn = (drafts: readonly EventDraft[]): readonly CheckpointDraft[] =>
  drafts.filter((draft): draft is CheckpointDraft => draft.type.startsWith("checkpoint."));

export const savedIn = (drafts: readonly EventDraft[]): readonly DraftOf<"checkpoint.saved">[] =>
  drafts.filter((draft) => draft.type === "checkpoint.saved");

export const stateOf = (
  draft: DraftOf<"checkpoint.saved" | "checkpoint.restored">,
): StateDocument => draft.state as unknown as StateDocument;

export const writesOf = (draft: DraftOf<"checkpoint.written">): WritesDocument =>
  draft.writes as unknown as WritesDocument;

/** Each checkpoint event in a line, its span by name and every checkpoint by its place among those that were saved. */
export function told(drafts: readonly EventDraft[]): readonly string[] {
  const names = new Map<string, string>();
  for (const draft of drafts)
    if ("key" in draft && "name" in draft)
      names.set(draft.key, draft.type === "turn.started" ? `turn of ${draft.name}` : draft.name);
  const places = new Map<string, number>();
  for (const { checkpoint } of savedIn(drafts))
    if (!places.has(checkpoint)) places.set(checkpoint, places.size + 1);
  const placeOf = (checkpoint: string | undefined): string =>
    checkpoint === undefined ? "nothing" : `#${places.get(checkpoint) ?? "elsewhere"}`;
  return checkpointsIn(drafts).map((draft) => {
    const on = draft.on === null ? "the session" : (names.get(draft.on) ?? draft.on);
    const within = "namespace" in draft ? ` in ${draft.namespace?.replaceAll(/:[^|]*/g, "")}` : "";
    return `${on}: ${draft.type.slice("checkpoint.".length)}${within} ${factsOf(draft, placeOf)}`;
  });
}

function factsOf(draft: CheckpointDraft, placeOf: (id: string | undefined) => string): string {
  const of = placeOf(draft.checkpoint);
  switch (draft.type) {
    case "checkpoint.saved": {
      const written = stateOf(draft).channels.filter((each) => each.written);
      const channels = written.map(({ channel }) => channel).join(" ");
      return `${of} after ${placeOf(draft.after)}, ${draft.origin} ${draft.step}: ${channels}`;
    }
    case "checkpoint.written":
      return `${of}: ${writesOf(draft)
        .writes.map(({ channel }) => channel)
        .join(" ")}`;
    case "checkpoint.refused":
      return `${of}: ${draft.errorType}`;
    case "checkpoint.restored":
    case "checkpoint.removed":
      return of;
    default:
      return draft satisfies never;
  }
}

/** Calls a method by its name, as a later LangGraph may: with more than the types of this one have. */
export function called(
  saver: object,
  method: string,
  ...given: readonly unknown[]
): Promise<unknown> {
  const asked: unknown = Reflect.get(saver, method);
  if (typeof asked !== "function") throw new TypeError(`there is no ${method}`);
  return Reflect.apply(asked, undefined, given) as Promise<unknown>;
}
