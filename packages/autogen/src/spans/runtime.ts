import {
  type EventDraft,
  type Key,
  receivedFailure,
  type ReceivedSpan,
  type SpanId,
} from "@spoor/core";
import { failedKey } from "../events/failures.ts";
import { itemOf, itemsOf, type Item } from "../messages/native.ts";
import { idOf, runKey } from "../messages/run.ts";
import { createAgentWork, publish } from "./agent-work.ts";
import type { OtherWitnesses } from "./elsewhere.ts";
import { classIn } from "./outcome.ts";
import { inside, type Place, placeIn } from "./place.ts";
import { isStart } from "./preceding.ts";
import type { Arrived } from "./arrived.ts";
import type { Placed } from "./placed.ts";
import { type Address, type RuntimeSpan } from "./runtime-span.ts";
import { about, keyOf, opened } from "./scene.ts";
import { endTeamRun, startTeamRun, type TeamRun, tellTeam } from "./team-run.ts";
import { tellWork, uncounted } from "./tell.ts";

/** What the runtime of AutoGen does with messages. Of a team its agents are told; of other code, each handling of a message. */
export interface RuntimeReader {
  read(placed: Placed, runtime: RuntimeSpan): Generator<EventDraft, Place>;
  /** A run that goes on without a task is named by its first message, which comes later. */
  isUnnamed(arrived: Arrived, runtime: RuntimeSpan): boolean;
  /** The start of the run that this message is the first of. Null: of none. */
  namedBy(runtime: RuntimeSpan): Arrived | null;
  /** An inner team lies in whatever its runtime was started in. */
  placed(span: SpanId, place: Place): Iterable<EventDraft>;
}

export function createRuntimeReader(others: OtherWitnesses): RuntimeReader {
  const [runs, inner] = [new Set<TeamRun>(), new Map<string, TeamRun>()];
  const [unnamed, names] = [new Map<string, Arrived>(), new Map<string, string>()];
  const begun = new Map<string, number>();

  return {
    *read(placed, runtime) {
      const { span, place } = placed;
      const { operation, messageType, to } = runtime;
      if (operation === "create") {
        const { run } = place;
        if (messageType === "GroupChatTermination" && run?.team === to?.team && run)
          yield* ended(run, span);
        const isFromOutside = place.told === null && place.run === null && to?.team === null;
        if (isFromOutside) yield* opened(place.scene, span);
        return { ...place, created: { type: messageType, to } };
      }
      if (operation !== "process" || to === null) return place;
      if (isStart(runtime) || isToldAsStart(place)) return yield* start(placed, runtime, to);
      return place.run === null
        ? yield* handled(placed, runtime, to)
        : yield* handledInTeam(placed, runtime, to, place.run);
    },
    isUnnamed(arrived, runtime) {
      const isNamed = taskOf(runtime).length > 0 || names.has(arrived.span.spanId);
      if (!isStart(runtime) || isNamed) return false;
      unnamed.set(runtime.to?.key ?? "", arrived);
      return true;
    },
    namedBy(runtime) {
      const item = publishedIn(runtime);
      const team = runtime.to?.team ?? "";
      const [waiting, id] = [unnamed.get(team), item && idOf(item)];
      if (waiting === undefined || !id) return null;
      unnamed.delete(team);
      names.set(waiting.span.spanId, id);
      return waiting;
    },
    *placed(spanId, { scene, told }) {
      const run = inner.get(spanId);
      if (run === undefined) return;
      inner.delete(spanId);
      const parent = scene === run.scene ? told : null;
      yield {
        ...about(run.scene),
        type: "span.amended",
        on: run.workflow,
        mark: "outer",
        parent: parent ?? run.outer?.workflow ?? run.scene.turn,
      };
    },
  };

  function* start(
    { span }: Placed,
    runtime: RuntimeSpan,
    manager: Address,
  ): Generator<EventDraft, Place> {
    const task = taskOf(runtime);
    const id = names.get(span.spanId) ?? task.flatMap((item) => idOf(item) ?? [])[0];
    const count = (begun.get(manager.key) ?? 0) + 1;
    begun.set(manager.key, count);
    const outer = [...runs].find(({ seen }) => task.some((item) => seen.has(idOf(item) ?? "")));
    const name = id ?? `${manager.key}#${count}`;
    const recorded = others.runOf(runKey(name));
    const run = startTeamRun({ span, manager, id: name, task, outer: outer ?? null, recorded });
    runs.add(run);
    yield* opened(run.scene, span);
    if (run.workflow !== run.scene.turn) yield* tellTeam(run, span, manager);
    if (outer && span.parentSpanId !== null) inner.set(span.parentSpanId, run);
    return placeIn(run.scene, run.workflow, run);
  }

  function* ended(run: TeamRun, span: ReceivedSpan): Iterable<EventDraft> {
    runs.delete(run);
    yield* endTeamRun(run, span);
  }
}

/** Before 0.5 only the message's creation tells what it is. */
const isToldAsStart = ({ created }: Place): boolean =>
  created?.type === "GroupChatStart" && created.to?.kind === "agent";

const taskOf = ({ message }: RuntimeSpan): readonly Item[] => itemsOf(message["messages"]);

/** What a team shows the outside. */
const publishedIn = ({ operation, to, message }: RuntimeSpan): Item | null =>
  operation === "process" && to?.team ? itemOf(message["message"]) : null;

const agentHandling = ({ place, span, arrivals }: Omit<Placed, "role">, { name }: Address) => ({
  place,
  span,
  kind: "agent" as const,
  name,
  agent: name,
  failedBelow: arrivals.failedBelow(span.spanId),
});

/**
 * The request to speak is an agent's turn, the answer of which ends it; everything else is bookkeeping of the team, or tells what an agent
 * published.
 */
function* handledInTeam(
  { span, place, arrivals }: Placed,
  runtime: RuntimeSpan,
  to: Address,
  run: TeamRun,
): Generator<EventDraft, Place> {
  if (place.created?.type !== "GroupChatRequestPublish") {
    const item = publishedIn(runtime);
    const id = item && idOf(item);
    if (item && id && place.work && !run.seen.has(id)) {
      run.seen.add(id);
      yield* publish(place.work, item);
    }
    return placeIn(run.scene, run.workflow, run);
  }
  const key = keyOf(span);
  const isCancelled = !arrivals.answered(span.spanId);
  const failure = receivedFailure(span);
  yield* tellWork({
    ...agentHandling({ place, span, arrivals }, to),
    parent: run.workflow,
    isCancelled,
  });
  if (failure !== null) yield failed(run, key, to.name, classIn(failure.errorType));
  else if (isCancelled || !arrivals.hasCalls) yield uncounted(run.scene, span);
  const work = createAgentWork(run.scene, to.name, key);
  return { ...placeIn(run.scene, run.workflow, run), told: key, agent: to.name, work };
}

/** It ends the run. The log names an agent that had said nothing by then after its failure. */
function failed(run: TeamRun, on: Key, agent: string, errorType: string): EventDraft {
  run.failure = errorType;
  const alias = failedKey(run.id, agent, 1);
  return { ...about(run.scene), type: "span.amended", on, mark: "failure", alias };
}

/** Outside of teams an agent works on a message because another one, or whatever lies around it, has sent it. */
function* handled(
  { span, place, arrivals }: Placed,
  { text, message }: RuntimeSpan,
  to: Address,
): Generator<EventDraft, Place> {
  yield* opened(place.scene, span);
  yield* tellWork({
    ...agentHandling({ place, span, arrivals }, to),
    parent: place.top,
    causedBy: place.told,
    ...(text?.startsWith("{") === true ? { input: message } : {}),
  });
  return { ...inside(place, keyOf(span)), agent: to.name };
}
