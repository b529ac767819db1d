import { BoundedMap, type DraftOf, type EventDraft } from "@spoor/core";
import { type Placed, said } from "./drafts/place.ts";
import { isDelegation } from "./drafts/tools.ts";
import { agentIn } from "./people.ts";

/** Work that an agent gives to a coworker: the worker begins within a tool of a known name. Either may be seen first. */
export class Handoffs {
  readonly #delegations: BoundedMap<string, true> = new BoundedMap(1000);
  readonly #workers: BoundedMap<string, DraftOf<"handoff.made">> = new BoundedMap(1000);

  *toolStarted({ event, id }: Placed): Iterable<EventDraft> {
    if (!isDelegation(event.fields["tool_name"])) return;
    this.#delegations.set(id, true);
    const worker = this.#workers.get(id);
    if (worker !== undefined) yield worker;
  }

  *agentStarted(placed: Placed): Iterable<EventDraft> {
    const { parent, fields } = placed.event;
    const { role } = agentIn(fields);
    if (parent === undefined || role === undefined) return;
    const made: DraftOf<"handoff.made"> = {
      ...said(placed),
      type: "handoff.made",
      on: parent,
      mark: placed.id,
      to: role.slice(0, 200),
    };
    if (this.#delegations.has(parent)) yield made;
    this.#workers.set(parent, made);
  }
}
