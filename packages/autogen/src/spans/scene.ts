import type { EventDraft, Key, ReceivedSpan } from "@spoor/core";

/** What is told as one turn: the run of a team, or what one trace shows. It is opened with the first thing that is told in it. */
export interface Scene {
  readonly session: string;
  readonly turn: Key;
  isOpen: boolean;
  /** `maker`: of the first span that is told in it. */
  readonly open: (maker: string) => Iterable<EventDraft>;
}

const witness = "spans";

export const about = ({
  session,
}: Pick<Scene, "session">): { session: string; source: string } => ({
  session,
  source: witness,
});

/** Nothing is told in a scene that is not open. */
export function* opened(scene: Scene, by: ReceivedSpan): Iterable<EventDraft> {
  if (scene.isOpen) return;
  scene.isOpen = true;
  yield* scene.open(by.scope.name);
}

export const timed = (ms: number | null): { readonly at?: { readonly ms: number } } =>
  ms === null ? {} : { at: { ms } };

export const keyOf = ({ spanId }: Pick<ReceivedSpan, "spanId">): Key => `span:${spanId}`;

/** Of the turn that a span begins. */
export const turnKeyOf = ({ spanId }: Pick<ReceivedSpan, "spanId">): Key => `turn:${spanId}`;
