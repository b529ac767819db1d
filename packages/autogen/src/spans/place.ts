import type { Key } from "@spoor/core";
import type { AgentWork } from "./agent-work.ts";
import type { ReceivedContent } from "./content.ts";
import type { Address } from "./runtime-span.ts";
import type { Scene } from "./scene.ts";
import type { TeamRun } from "./team-run.ts";

/** Where a span stands, and so what follows from it: all that hang on it, and all that handle the message that it made. */
export interface Place {
  readonly scene: Scene;
  /** What handles a message hangs on it, whoever sent that: a conversation of two agents is not as deep as it is long. */
  readonly top: Key;
  /** The nearest that is told of. Null: the top. */
  readonly told: Key | null;
  readonly agent: string | undefined;
  /** It is told of as this call of a model: one inside is the same call, as another instrumentation sees it. */
  readonly call: { readonly key: Key; readonly parent: Key } | null;
  /** It is told of as this tool call. */
  readonly tool: Key | null;
  /** What another instrumentation says of the tool call inside. */
  readonly toolContent: ReceivedContent;
  /** The message that it creates. */
  readonly created: { readonly type: string | undefined; readonly to: Address | null } | null;
  readonly run: TeamRun | null;
  readonly work: AgentWork | null;
}

/** Directly in its turn, or in a team's run. */
export const placeIn = (
  scene: Scene,
  top: Key = scene.turn,
  run: TeamRun | null = null,
): Place => ({
  scene,
  top,
  run,
  told: null,
  agent: undefined,
  call: null,
  tool: null,
  toolContent: {},
  created: null,
  work: null,
});

/** Within something that is told of, as its parent. */
export const inside = (place: Place, told: Key): Place => ({
  ...place,
  told,
  call: null,
  tool: null,
  toolContent: {},
  created: null,
});

export const parentIn = ({ told, top }: Place): Key => told ?? top;
