import type { EventDraft, Span } from "@spoor/core";
import { countingIds } from "@spoor/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ActorEnvelope } from "./envelope.ts";
import { listening, ofType, overTheWire, spansOf } from "./listening.fixture.ts";
import { observeEnvelopes } from "./observe-envelopes.ts";

/** A message: which one was being handled when it was sent, by whom it is handled, and where. */
interface Planned {
  readonly cause: number | null;
  readonly agents: readonly string[];
  readonly process: number;
}

const processes = 3;
const agents = ["planner", "worker", "reviewer"];

const graph: fc.Arbitrary<readonly Planned[]> = fc
  .array(
    fc.record({
      cause: fc.option(fc.nat(), { freq: 8 }),
      agents: fc.uniqueArray(fc.constantFrom(...agents), { minLength: 1 }),
      process: fc.nat({ max: processes - 1 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((messages) =>
    messages.map((message, at) => ({
      ...message,
      cause: message.cause === null || at === 0 ? null : message.cause % at,
    })),
  );

/** Lets the messages go their way, in whatever order `pick` takes them off the queue, and answers what each process said. */
function played(
  plan: readonly Planned[],
  relation: "link" | "parent",
  pick: (waiting: number) => number,
): readonly (readonly EventDraft[])[] {
  const hosts = Array.from({ length: processes }, (_, at) => {
    const { observer, drafts } = listening(`process ${at}`);
    const envelopes = observeEnvelopes(observer, { relation, newId: countingIds(`id ${at}`) });
    return { drafts, envelopes };
  });
  const queue: { readonly at: number; readonly agent: string; readonly envelope: ActorEnvelope }[] =
    [];
  const sendFrom = (cause: number | null, agent: string, process: number): void => {
    for (const [at, message] of plan.entries()) {
      const isFirst = cause === null || plan[cause]?.agents[0] === agent;
      if (message.cause !== cause || !isFirst) continue;
      hosts[process]?.envelopes.publish({ messageId: `m${at}`, topic: "work" }, (envelope) => {
        for (const to of message.agents)
          queue.push({ at, agent: to, envelope: overTheWire(envelope) });
      });
    }
  };
  sendFrom(null, "", 0);
  while (queue.length > 0) {
    const [next] = queue.splice(pick(queue.length), 1);
    const process = next && plan[next.at]?.process;
    if (next === undefined || process === undefined) continue;
    hosts[process]?.envelopes.handle(next.agent, next.envelope, () =>
      sendFrom(next.at, next.agent, process),
    );
  }
  return hosts.map(({ drafts }) => drafts);
}

const handlingKey = (at: number, agent: string): string =>
  JSON.stringify(["handling", `m${at}`, agent, 1]);

function rootOf(plan: readonly Planned[], at: number): number {
  const cause = plan[at]?.cause ?? null;
  return cause === null ? at : rootOf(plan, cause);
}

/** For each handling: what it should hang on, and what it should be caused by. */
function expected(plan: readonly Planned[], relation: "link" | "parent"): object {
  return Object.fromEntries(
    plan.flatMap(({ cause, agents }, at) => {
      const turn = `message:m${rootOf(plan, at)}`;
      const sender = cause === null ? turn : handlingKey(cause, plan[cause]?.agents[0] ?? "");
      const place = { parent: relation === "link" ? turn : sender, causedBy: sender, turn };
      return agents.map((agent) => [handlingKey(at, agent), place] as const);
    }),
  );
}

function found(spans: readonly Span[]): object {
  const keyOf = new Map(spans.map(({ spanId, key }) => [spanId, key]));
  return Object.fromEntries(
    spans
      .filter(({ kind }) => kind === "agent")
      .map(({ key, parentSpanId, causedBy, turnSpanId }) => [
        key,
        {
          parent: parentSpanId && keyOf.get(parentSpanId),
          causedBy: causedBy && keyOf.get(causedBy),
          turn: turnSpanId && keyOf.get(turnSpanId),
        },
      ]),
  );
}

const relation = fc.constantFrom("link" as const, "parent" as const);

test("whatever is sent to whom, in whichever process and order it is handled, what is recorded is what was sent", () => {
  fc.assert(
    fc.property(graph, relation, fc.infiniteStream(fc.nat()), (plan, relation, choices) => {
      const said = played(plan, relation, (waiting) => (choices.next().value ?? 0) % waiting);
      const spans = spansOf(...said);
      expect(found(spans)).toEqual(expected(plan, relation));
      expect(
        ofType(said.flat(), "message.sent")
          .map(({ mark }) => mark)
          .toSorted(),
      ).toEqual(plan.map((_, at) => `m${at}`).toSorted());
      for (const { traceId, turnSpanId } of spans)
        expect(traceId).toBe(spans.find(({ spanId }) => spanId === turnSpanId)?.traceId);
    }),
    { numRuns: 40 },
  );
});

test("the record of all processes is the same in whichever order it is read, and read twice", () => {
  fc.assert(
    fc.property(graph, relation, fc.nat(), (plan, relation, seed) => {
      const drafts = played(plan, relation, () => 0).flat();
      const shuffled = drafts.toSorted((one, other) => weight(one, seed) - weight(other, seed));
      expect(found(spansOf(shuffled, drafts))).toEqual(found(spansOf(drafts)));
    }),
    { numRuns: 40 },
  );
});

/** Some fixed order that has nothing to do with the one in which it was said. */
function weight(draft: EventDraft, seed: number): number {
  let sum = seed + 1;
  for (const letter of JSON.stringify(draft)) sum = (sum * 31 + letter.charCodeAt(0)) % 65_521;
  return sum;
}

test("a record that breaks off anywhere makes sense, and says nothing that the whole does not say", () => {
  fc.assert(
    fc.property(graph, fc.nat(), (plan, cut) => {
      const drafts = played(plan, "link", () => 0).flat();
      const begun = spansOf(drafts.slice(0, cut % (drafts.length + 1)));
      const whole = new Set(spansOf(drafts).map(({ spanId }) => spanId));
      for (const { spanId } of begun) expect(whole).toContain(spanId);
    }),
    { numRuns: 40 },
  );
});
