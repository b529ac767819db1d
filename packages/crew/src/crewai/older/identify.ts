import { hash } from "node:crypto";
import { boundOf, type Family } from "../families.ts";
import type { CrewEvent } from "../native.ts";
import { textFor } from "../../reading/narrow.ts";
import type { Identified } from "./identified.ts";
import { agentOf, placeOf } from "./nesting.ts";
import { OpenScopes } from "./open-scopes.ts";
import { orphanageOf, Orphans } from "./orphans.ts";
import { isRepetition, Repetitions } from "./repetitions.ts";
import { areAlike, isBefore, type Traits, traitsOf } from "./traits.ts";

/** An end that came before its beginning. */
interface Early {
  readonly event: CrewEvent;
  readonly family: Family;
  readonly traits: Traits;
}
const mostEarly = 100;

/** Gives events what they lack. */
export type Identify = (event: CrewEvent) => Iterable<Identified>;

/**
 * Events of CrewAI before 1.10 do not say which beginning an end belongs to, those before 1.9 not even who they are and what they lie in. What they have in
 * common does: their kind, their task, their agent, their tool. An end that overtook its beginning waits for it, because nothing else tells what it ends.
 */
export function createIdentifier(): Identify {
  const open = new OpenScopes();
  const orphans = new Orphans();
  const repetitions = new Repetitions();
  const early: Early[] = [];
  const giveId = createIdGiver();

  return function* identify(event) {
    const bound = boundOf(event.type);
    if (event.id !== undefined && (event.started !== undefined || bound === null)) {
      yield event as Identified;
      return;
    }
    if (event.id === undefined && repetitions.isOne(event)) return;
    const family = bound?.family ?? null;
    const traits = traitsOf(family, event);
    if (family === null || bound?.how === "started") yield* begun(event, family, traits);
    else yield* ended(event, family, traits);
  };

  function* begun(event: CrewEvent, family: Family | null, traits: Traits): Iterable<Identified> {
    const place = placeAround(event, family, traits, open);
    const orphanage = place === undefined ? orphanageOf(family, traits) : undefined;
    const parent = place ?? orphanage;
    const id = event.id ?? giveId(event);
    const named = { ...event, id, ...(parent === undefined ? {} : { parent }) };
    if (orphanage !== undefined) orphans.add({ place: orphanage, event: named });
    if (family === null) {
      yield named;
      return;
    }
    if (event.id === undefined && isRepetition(family, named, open)) return;
    yield { ...named, also: orphans.claimedBy(named, family, traits) };
    open.add({ event: named, told: event.parent, family, traits });
    const index = early.findIndex(
      (one) => one.family === family && areAlike(one.traits, traits) && !isBefore(one.event, event),
    );
    const [late] = index < 0 ? [] : early.splice(index, 1);
    if (late !== undefined) yield* ended(late.event, family, late.traits);
  }

  function* ended(event: CrewEvent, family: Family, traits: Traits): Iterable<Identified> {
    const scope = open.end(family, event, traits);
    if (scope === undefined) {
      if (early.length >= mostEarly) early.shift();
      early.push({ event, family, traits });
      return;
    }
    const { id, parent } = scope.event;
    yield {
      ...event,
      id: event.id ?? giveId(event),
      ...(event.id !== undefined || parent === undefined ? {} : { parent }),
      started: id,
    };
  }
}

/** Events that have ids also say what they lie in, but the bookkeeping of 1.9 forgets threads and loses its way after errors. */
function placeAround(
  event: CrewEvent,
  family: Family | null,
  traits: Traits,
  open: OpenScopes,
): string | undefined {
  const { id, parent } = event;
  if (id === undefined || (parent === undefined && family !== null && threaded.has(family)))
    return placeOf(event, family, traits, open);
  const around = open.latest((one) => one.event.id === parent);
  const agent = agentOf(event, traits, open);
  const isOutside = agent !== undefined && agent.event.parent === parent;
  if ((family === "llm_call" || family === "tool_usage") && isOutside) return agent.event.id;
  const isAgain = family === "agent_execution" && around?.family === "agent_execution";
  return isAgain ? around.event.parent : parent;
}

const threaded: ReadonlySet<Family> = new Set(["task", "agent_execution", "llm_guardrail"]);

/** Ids of events that have none: the recording, by its first event, and a count in it. */
function createIdGiver(): (event: CrewEvent) => string {
  let recording: string | null = null;
  let count = 0;
  return ({ fields }) => {
    recording ??= hash("sha256", textFor(fields)).slice(0, 16);
    return `${recording}:${(count += 1)}`;
  };
}
