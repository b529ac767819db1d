import { hash } from "node:crypto";
import type { Family } from "../families.ts";
import type { CrewEvent } from "../native.ts";
import { textFor } from "../../reading/narrow.ts";
import type { Identified } from "./identified.ts";
import type { OpenScopes } from "./open-scopes.ts";

const remembered = 16;

/** Older buses hand an event to each listener of its base classes as well. Without an id, only its words tell that it is the same. */
export class Repetitions {
  readonly #latest: string[] = [];

  isOne({ fields }: CrewEvent): boolean {
    const { _rec: _added, ...said } = fields;
    const mark = hash("sha256", textFor(said));
    if (this.#latest.includes(mark)) return true;
    if (this.#latest.length >= remembered) this.#latest.shift();
    this.#latest.push(mark);
    return false;
  }
}

/** An agent without a crew tells each of its calls beside the model's own telling, before 1.0; it never makes two at once. */
export function isRepetition(family: Family, { parent }: Identified, open: OpenScopes): boolean {
  if (family !== "llm_call") return false;
  const caller = open.latest(({ event }) => event.id === parent);
  return (
    caller?.family === "lite_agent_execution" &&
    open.latest((one) => one.family === family && one.event.parent === parent) !== undefined
  );
}
