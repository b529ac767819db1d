import type { AgentEvent, EventOf, MarkEvent, MessageFate } from "../../vocabulary/event.ts";
import type { JsonObject } from "../../vocabulary/json.ts";
import { millisecondsLost } from "./exact-time.ts";
import { type Fact, factsIn, many, one, type TableOf, told } from "./fact.ts";
import { number, text, yes } from "./form.ts";

/** Marks that are observations of their own. The others are told with their span, or as scores; what tasks hand to a checkpointer would be a row a task, and says nothing to a reader there. */
export type ToldMark = Exclude<
  MarkEvent,
  EventOf<
    | "session.started"
    | "usage.reported"
    | "span.amended"
    | "output.began"
    | "score.given"
    | "record.reduced"
    | "checkpoint.written"
  >
>;

/** What is told of every mark beside its name, its time and its content. */
interface CommonFacts {
  readonly type?: string;
  /** What tells it from its like on the same span. */
  readonly mark?: string;
  /** Who saw it: told, so that the mark that is read back has the id that it had. */
  readonly source?: string;
  /** Among the marks of its span: there may be several in one millisecond. */
  readonly order?: number;
  /** Only where milliseconds do not tell it. */
  readonly at?: number;
  readonly inferred?: readonly string[];
  readonly unknown?: readonly string[];
}

const common: TableOf<CommonFacts> = {
  type: one(text),
  mark: one(text),
  source: one(text),
  order: one(number),
  at: one(number),
  inferred: many(text),
  unknown: many(text),
};

type AnyFact = Fact<string> | Fact<number> | Fact<true> | Fact<readonly string[]>;

const addressed = { from: one(text), to: one(text) };

/** The vocabulary's own fields, one by one, so that a new one is not sent before somebody has looked at it. */
const fieldsOf: {
  readonly [Type in ToldMark["type"]]: Readonly<Partial<Record<keyof EventOf<Type>, AnyFact>>>;
} = {
  "message.sent": { role: one(text), ...addressed },
  "message.received": { role: one(text), ...addressed },
  "message.unhandled": { message: one(text), fate: one(text), attempt: one(number), ...addressed },
  "handoff.made": { to: one(text) },
  "interrupt.raised": { wait: one(text) },
  "interrupt.resolved": { wait: one(text) },
  "attempt.failed": { errorType: one(text), retryDelayMs: one(number) },
  "decision.made": { kind: one(text) },
  "checkpoint.saved": {
    checkpoint: one(text),
    hash: one(text),
    after: one(text),
    namespace: one(text),
    step: one(number),
    origin: one(text),
    label: one(text),
  },
  "checkpoint.refused": {
    checkpoint: one(text),
    namespace: one(text),
    task: one(text),
    errorType: one(text),
  },
  "checkpoint.restored": { checkpoint: one(text), namespace: one(text) },
  "checkpoint.removed": { checkpoint: one(text), namespace: one(text), kept: one(text) },
  "limit.reached": { limit: one(text), value: one(number) },
  "finding.raised": { code: one(text), severity: one(text), evidence: many(text) },
  "log.written": { level: one(text) },
  "native.noted": { name: one(text), warns: one(yes) },
};

export interface MarkFacts extends CommonFacts {
  readonly type: ToldMark["type"];
  readonly mark: string;
  /** The mark's own fields that are no content. Null: one that it cannot be without is not told, or was cut. */
  readonly fields: object | null;
}

/** A mark is one without them, too. */
const optional: ReadonlySet<string> = new Set([
  "from",
  "warns",
  "wait",
  "attempt",
  "retryDelayMs",
  "hash",
  "after",
  "namespace",
  "step",
  "origin",
  "label",
  "kept",
]);
const mayMissCheckpoint: ReadonlySet<string> = new Set([
  "checkpoint.refused",
  "checkpoint.removed",
]);
const severities: ReadonlySet<unknown> = new Set(["info", "warning", "critical"]);
const fates: ReadonlySet<unknown> = new Set<MessageFate>([
  "dropped",
  "rejected",
  "expired",
  "undelivered",
  "dead-lettered",
]);

/** The facts of a mark, for the metadata of its observation. `order`: its place among the marks of its span. */
export function factsOfMark(mark: ToldMark, order?: number): JsonObject {
  const exact = mark.at ? millisecondsLost(mark.at.ms) : null;
  return {
    ...told(common, {
      type: mark.type,
      mark: mark.mark,
      source: mark.source,
      ...(order === undefined ? {} : { order }),
      ...(exact === null ? {} : { at: exact }),
      inferred: mark.at?.inferred ? ["at"] : [],
      unknown: mark.at ? [] : ["at"],
    }),
    ...told<object>(fieldsOf[mark.type], mark),
  };
}

/** The facts in the metadata of an observation. Null: it is none of a mark of ours. */
export function markFactsIn(metadata: JsonObject): MarkFacts | null {
  const facts = factsIn(common, metadata);
  const { type, mark } = facts;
  if (type === undefined || mark === undefined || !isToldType(type)) return null;
  return { ...facts, type, mark, fields: fieldsIn(type, metadata) };
}

function fieldsIn(type: ToldMark["type"], metadata: JsonObject): object | null {
  const fields = factsIn<object>(fieldsOf[type], metadata) as Readonly<Record<string, unknown>>;
  const isWhole = Object.keys(fieldsOf[type]).every(
    (name) => name in fields || isOptional(type, name),
  );
  return isWhole && isOneOf(severities, fields["severity"]) && isOneOf(fates, fields["fate"])
    ? fields
    : null;
}

const isOneOf = (words: ReadonlySet<unknown>, said: unknown): boolean =>
  said === undefined || words.has(said);

function isOptional(type: ToldMark["type"], name: string): boolean {
  if (name === "checkpoint") return mayMissCheckpoint.has(type);
  if (name === "task") return type === "checkpoint.refused";
  if (name === "to") return type !== "handoff.made";
  return optional.has(name);
}

/** Whether a mark is an observation of its own. */
export function isToldMark(event: AgentEvent): event is ToldMark {
  return isToldType(event.type);
}

const isToldType = (type: string): type is ToldMark["type"] => Object.hasOwn(fieldsOf, type);
