import type { ContentReader } from "../../journal/content.ts";
import type { EventOf } from "../../vocabulary/event.ts";
import { isoTime } from "../iso-time.ts";
import { valueBehind } from "../value-behind.ts";
import { ChannelChanges, writtenChannels } from "./channel-changes.ts";
import { type CheckpointFact, placeOf, type Saved, type Written } from "./checkpoint-facts.ts";
import type { Happening, SavedHappening, TaskWrites } from "./happening.ts";
import { resumeConfigs } from "./resume-config.ts";

/** All that was told, in its order: what a task wrote stands with its checkpoint where that one was told of. */
export function happeningsIn(
  thread: string,
  facts: readonly CheckpointFact[],
  content: ContentReader,
): readonly Happening[] {
  const history = historyOf(facts);
  const { saved, written } = history;
  const resumeOf = resumeConfigs(thread, saved, written);
  const changes = new ChannelChanges(content);
  const writesOf = Map.groupBy(written, ({ event }) => placeOf(event));
  const told = new Set<string>();
  const newest = new Map<string, string>();

  return facts.flatMap((fact): readonly Happening[] => {
    switch (fact.event.type) {
      case "checkpoint.saved":
        return [saving(fact as Saved)];
      case "checkpoint.written":
        return saved.has(placeOf(fact.event))
          ? []
          : [
              {
                what: "written",
                ...about(fact),
                ...of(fact.event),
                writes: taskOf(fact as Written),
              },
            ];
      case "checkpoint.restored": {
        const { namespace = "", checkpoint } = fact.event;
        const from = told.has(placeOf(fact.event)) ? saved.get(placeOf(fact.event)) : undefined;
        return [
          {
            what: "resumed",
            ...about(fact),
            ...of(fact.event),
            wentBack: from !== undefined && newest.get(namespace) !== checkpoint,
            savedIn: from ? { turn: from.turn } : null,
          },
        ];
      }
      case "checkpoint.refused":
        return [refusing(fact as CheckpointFact<EventOf<"checkpoint.refused">>)];
      case "checkpoint.removed": {
        const { checkpoint = null, kept = null } = fact.event;
        return [{ what: "removed", ...about(fact), checkpoint, kept }];
      }
      default:
        return fact.event satisfies never;
    }
  });

  function saving(fact: Saved): SavedHappening {
    const { event } = fact;
    const { namespace = "", checkpoint, after = null } = event;
    const place = placeOf(event);
    const isAgain = told.has(place);
    told.add(place);
    newest.set(namespace, checkpoint);
    const parent = after === null ? null : placeOf({ namespace, checkpoint: after });
    return {
      what: "saved",
      ...about(fact),
      ...of(event),
      after,
      step: event.step ?? null,
      origin: event.origin ?? null,
      label: event.label ?? null,
      isBranch: parent !== null && history.firstAfter.get(parent) !== checkpoint,
      isAgain,
      standing: history.standing.get(place) ?? "stored",
      resume: resumeOf(namespace, checkpoint),
      state: changes.of(event.state, place, parent),
      writes: isAgain ? [] : (writesOf.get(place) ?? []).map(taskOf),
      isStepped: history.stepped.has(place),
    };
  }

  function taskOf({ event, span, turn }: Written): TaskWrites {
    const written = writtenChannels(event.writes, content);
    const isNode = span !== null && span.kind !== "turn";
    return {
      task: event.task,
      node: isNode ? span.name : null,
      spanId: span?.spanId ?? null,
      turn,
      written,
    };
  }

  function refusing(fact: CheckpointFact<EventOf<"checkpoint.refused">>): Happening {
    const { checkpoint = null, namespace = "", task = null, errorType, detail = null } = fact.event;
    return {
      what: "refused",
      ...about(fact),
      checkpoint,
      namespace,
      within: nodesIn(namespace),
      task,
      errorType,
      detail: valueBehind(detail, content),
    };
  }
}

/** What only the whole of a thread's history tells of one checkpoint. */
interface History {
  /** The one that was told last. */
  readonly saved: ReadonlyMap<string, Saved>;
  readonly written: readonly Written[];
  readonly standing: ReadonlyMap<string, SavedHappening["standing"]>;
  /** By checkpoint, the id of what went on from it first. */
  readonly firstAfter: ReadonlyMap<string, string>;
  readonly stepped: ReadonlySet<string>;
}

function historyOf(facts: readonly CheckpointFact[]): History {
  const saved = new Map<string, Saved>();
  const written: Written[] = [];
  const standing = new Map<string, SavedHappening["standing"]>();
  const firstAfter = new Map<string, string>();
  const stepped = new Set<string>();
  for (const fact of facts) {
    const { event } = fact;
    if (event.type === "checkpoint.written") written.push(fact as Written);
    if (event.type === "checkpoint.saved") {
      saved.set(placeOf(event), fact as Saved);
      standing.set(placeOf(event), "stored");
      if (event.after === undefined) continue;
      const parent = placeOf({ namespace: event.namespace, checkpoint: event.after });
      if (!firstAfter.has(parent)) firstAfter.set(parent, event.checkpoint);
      if (event.origin === "loop") stepped.add(parent);
    }
    if (event.type === "checkpoint.removed") {
      const becomes = event.kept === undefined ? "removed" : "pruned";
      for (const [place, { event: told }] of saved)
        if (isMeant(event, told) && standing.get(place) !== "removed") standing.set(place, becomes);
    }
  }
  return { saved, written, standing, firstAfter, stepped };
}

function isMeant(
  { namespace, checkpoint }: EventOf<"checkpoint.removed">,
  told: EventOf<"checkpoint.saved">,
): boolean {
  return (
    (namespace === undefined || namespace === (told.namespace ?? "")) &&
    (checkpoint === undefined || checkpoint === told.checkpoint)
  );
}

const about = ({ event, span, turn }: CheckpointFact) => ({
  at: isoTime(event.at?.ms ?? null),
  turn,
  spanId: span?.spanId ?? null,
});

const of = ({
  namespace = "",
  checkpoint,
}: {
  readonly namespace?: string;
  readonly checkpoint: string;
}) => ({ checkpoint, namespace, within: nodesIn(namespace) });

/** `outer:1|inner:2` are the nodes `outer` and `inner`. */
function nodesIn(namespace: string): readonly string[] {
  return namespace === "" ? [] : namespace.split("|").map((part) => part.split(":")[0] ?? part);
}
