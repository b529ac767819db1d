import type { ReceivedSpan } from "@spoor/core";
import type { Fields } from "../reading/narrow.ts";
import type { Timed } from "./time.ts";

/** An event of CrewAI's bus, out of whatever it was written in. */
export interface CrewEvent {
  readonly type: string;
  /** Absent below 1.9. */
  readonly id?: string;
  readonly parent?: string;
  /** On ends: which start it ends. Null: CrewAI knows none. Absent: it was not told, as below 1.10. */
  readonly started?: string | null;
  /** What happened before it in its thread. */
  readonly previous?: string;
  /** What a flow's method was set off by. */
  readonly trigger?: string;
  readonly timed: Timed;
  readonly fields: Fields;
  /** What only some recordings tell. */
  readonly about: About;
}

/** What stands around an event, beside it on its line. */
export interface About {
  /** Who tells it, where that is not the bus itself. */
  readonly witness?: "traces";
  /** The execution that it is part of, the same before a pause and after it. */
  readonly run?: string;
  /** The conversation that the application has named. */
  readonly conversation?: string;
  /** The process that wrote the line. */
  readonly process?: string;
  readonly version?: string;
  /** Of a flow: the id of its state, under which it waits while it is paused. */
  readonly flow?: string;
  /** It goes on from a pause under this id. */
  readonly resumes?: string;
  readonly provider?: string;
  /** As the object that calls it names it: before 0.193 the event does not. */
  readonly model?: string;
}

/** What a line holds. */
export type CrewaiLine =
  | { readonly kind: "events"; readonly events: readonly CrewEvent[] }
  | { readonly kind: "crew"; readonly kickoff: string | undefined; readonly crew: Fields }
  | LostLines
  | { readonly kind: "spans"; readonly spans: readonly ReceivedSpan[] }
  /** Of a recording, and without a word about a run. `known`: somebody has taught the adapter its kind. */
  | { readonly kind: "aside"; readonly known: boolean };

/** The listener could not write some lines. */
export interface LostLines {
  readonly kind: "lost";
  readonly about: About;
  /** Of the line, in its process. */
  readonly mark: string;
  readonly fields: Fields;
}
