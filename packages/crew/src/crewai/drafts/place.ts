import type { Key } from "@spoor/core";
import type { CrewEvent } from "../native.ts";

/** An event, and where it belongs. */
export interface Placed {
  readonly event: CrewEvent;
  readonly session: string;
  /** The id of the event, once it has one. */
  readonly id: string;
  /** The span that it happened in; undefined: in none that was told. */
  readonly on: Key | undefined;
}

export interface Said {
  readonly session: string;
  readonly source: "events" | "traces";
  readonly at?: { readonly ms: number };
}

/** What every draft about an event says. */
export const said = ({ event, session }: Pick<Placed, "event" | "session">): Said => ({
  session,
  source: event.about.witness ?? "events",
  ...event.timed,
});
