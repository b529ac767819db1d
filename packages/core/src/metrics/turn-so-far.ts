import type { SpanCost } from "../report/cost-report.ts";
import type { Span } from "../run-tree/span.ts";
import type { SpanId } from "../vocabulary/event.ts";
import { type CostSoFar, costOfOne, joined, noCost } from "./cost-so-far.ts";
import { type Tokens, tokensOf } from "./tokens.ts";

export interface Calls {
  readonly model: number;
  readonly tool: number;
}

/** What of an agent's span tells whose calls its own are. */
export type Agent = Pick<Span, "spanId" | "kind" | "name" | "agent" | "labels">;

const none: Calls = { model: 0, tool: 0 };

/** Not whole: something in it was not counted. */
interface Sum {
  readonly known: number;
  readonly isWhole: boolean;
}

/** What has left of a turn that goes on: its figures need all of it, and it leaves piece by piece. */
export class TurnSoFar {
  readonly #parents: Map<SpanId, SpanId | null>;
  readonly #calls: Map<SpanId, Calls>;
  readonly #agents: Agent[];
  #modelCalls = 0;
  #input: Sum = { known: 0, isWhole: true };
  #output: Sum = { known: 0, isWhole: true };
  #cost: CostSoFar = noCost;

  constructor(before?: TurnSoFar) {
    this.#parents = new Map(before ? before.#parents : []);
    this.#calls = new Map(before ? before.#calls : []);
    this.#agents = before ? [...before.#agents] : [];
    if (!before) return;
    this.#modelCalls = before.#modelCalls;
    this.#input = before.#input;
    this.#output = before.#output;
    this.#cost = before.#cost;
  }

  note(span: Span, cost: SpanCost | null): void {
    const { spanId, parentSpanId, kind } = span;
    if (kind === "model") this.#noteModelCall(span, cost);
    else this.#parents.set(spanId, parentSpanId);
    if (kind === "agent") this.#agents.push(agentIn(span));
    if (parentSpanId === null || (kind !== "model" && kind !== "tool")) return;
    const { model, tool } = this.#calls.get(parentSpanId) ?? none;
    const more = kind === "model" ? { model: model + 1, tool } : { model, tool: tool + 1 };
    this.#calls.set(parentSpanId, more);
  }

  #noteModelCall({ usage }: Span, cost: SpanCost | null): void {
    const { input, output } = usage ? tokensOf(usage) : { input: null, output: null };
    this.#modelCalls += 1;
    this.#input = added(this.#input, input);
    this.#output = added(this.#output, output);
    this.#cost = joined(this.#cost, costOfOne(cost));
  }

  /** Of the calls, and what the framework's totals show beyond them. A total that was counted holds the calls that were not. */
  tokens({ unattributed }: Span): Tokens {
    const rest = unattributed ? tokensOf(unattributed) : { input: null, output: null };
    const whole = (sum: Sum, beyond: number | null): number | null => {
      if (beyond !== null) return Math.max(0, sum.known + beyond);
      return sum.isWhole && this.#modelCalls > 0 ? sum.known : null;
    };
    return { input: whole(this.#input, rest.input), output: whole(this.#output, rest.output) };
  }

  /** Of its calls, and of what it used beyond them. */
  cost(beyond: SpanCost | null): CostSoFar {
    return joined(this.#cost, costOfOne(beyond));
  }

  /**
   * The agents of the turn with the calls that each made itself. A call is its nearest agent's; null where it hangs on something that has not left,
   * so that nobody knows whose it is.
   */
  callsOfAgents(turn: Agent): ReadonlyMap<Agent, Calls> | null {
    const agents = new Map([...this.#agents, turn].map((agent) => [agent.spanId, agent]));
    const calls = new Map<Agent, Calls>();
    for (const [parent, { model, tool }] of this.#calls) {
      const agent = this.#nearest(parent, agents);
      if (agent === null) return null;
      const before = calls.get(agent) ?? none;
      calls.set(agent, { model: before.model + model, tool: before.tool + tool });
    }
    return calls;
  }

  #nearest(from: SpanId, agents: ReadonlyMap<SpanId, Agent>): Agent | null {
    const passed = new Set<SpanId>();
    for (let at: SpanId | null = from; at !== null && !passed.has(at);) {
      const agent = agents.get(at);
      if (agent) return agent;
      passed.add(at);
      at = this.#parents.get(at) ?? null;
    }
    return null;
  }
}

const agentIn = ({ spanId, kind, name, agent, labels }: Span): Agent => ({
  spanId,
  kind,
  name,
  agent,
  labels,
});

const added = ({ known, isWhole }: Sum, more: number | null): Sum =>
  more === null ? { known, isWhole: false } : { known: known + more, isWhole };
