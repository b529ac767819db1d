import { hash } from "node:crypto";
import type { Family } from "../families.ts";
import type { Identified } from "./identified.ts";
import { isBefore, type Traits } from "./traits.ts";

/** Work that was told before what it lies in was seen to begin. */
export interface Orphan {
  /** The name that its place goes by until then. */
  readonly place: string;
  readonly event: Identified;
}

const most = 100;

/** A call or a tool says which agent it is of, and an agent which task: each lies in a place of that name, until somebody begins whose place it is. */
export class Orphans {
  readonly #waiting: Orphan[] = [];

  add(orphan: Orphan): void {
    if (this.#waiting.length >= most) this.#waiting.shift();
    this.#waiting.push(orphan);
  }

  /** The names under which something that begins was spoken of. */
  claimedBy(event: Identified, family: Family, traits: Traits): readonly string[] {
    const names = namesOf(family, traits);
    const claimed = this.#waiting.filter(
      ({ place, event: orphan }) => names.includes(place) && !isBefore(orphan, event),
    );
    for (const orphan of claimed) this.#waiting.splice(this.#waiting.indexOf(orphan), 1);
    return [...new Set(claimed.map(({ place }) => place))];
  }
}

/** Where something lies, by what it says of that. Undefined: it says nothing. */
export function orphanageOf(family: Family | null, { role, task }: Traits): string | undefined {
  switch (family) {
    case "llm_call":
    case "tool_usage":
      return role === undefined ? undefined : placeOf("agent", task, role);
    case "agent_execution":
      return task === undefined ? undefined : placeOf("task", task);
    default:
      return undefined;
  }
}

function namesOf(family: Family, { role, task }: Traits): readonly string[] {
  switch (family) {
    case "agent_execution":
    case "lite_agent_execution":
      return role === undefined
        ? []
        : [placeOf("agent", task, role), placeOf("agent", undefined, role)];
    case "task":
      return task === undefined ? [] : [placeOf("task", task)];
    default:
      return [];
  }
}

const placeOf = (what: string, ...names: readonly (string | undefined)[]): string =>
  `${what}:${hash("sha256", JSON.stringify(names.map((name) => name ?? null))).slice(0, 16)}`;
