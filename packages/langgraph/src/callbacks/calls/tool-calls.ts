import type { Key } from "@spoor/core";
import { Recent } from "../runs/recent.ts";
import type { AskedCall } from "./asked-call.ts";
import { callsIn } from "./asked-call.ts";

const most = 10_000;

interface Known {
  call: AskedCall | null;
  /** A run was seen that makes it, or it was told without one. */
  settled: boolean;
  /** How often it was run below the run that did so last. */
  tries: { readonly parentRunId: string; readonly count: number } | null;
}

/**
 * The tool calls of a turn: who asked for them, and whether they are told already. Ids need not be unique: some providers number the calls of
 * an answer. So a call is looked for in the graph that it is asked for in, and only then in all of the turn, where the latest counts.
 */
export class ToolCalls {
  readonly #known: Recent<Known> = new Recent(most);
  /** Calls without an id, oldest first: a run that has none either is matched by name. */
  #nameless: readonly AskedCall[] = [];

  /** A model has answered with this message, in the graph of this namespace. */
  asked(message: unknown, requester: Key, graph = ""): void {
    for (const call of callsIn(message, requester)) {
      if (call.id === undefined) this.#nameless = [...this.#nameless, call].slice(-most);
      else
        this.#place(call.id, graph, this.#known.get(nameIn(graph, call.id)) ?? unheard()).call =
          call;
    }
  }

  /** A tool runs for it. The answer: the model call that asked for it, as far as is known. */
  begun(id: string | undefined, name: string, parentRunId: string, graph = ""): Key | null {
    if (id === undefined) return this.#takeNameless(name)?.requester ?? null;
    const known = this.#entry(id, graph);
    known.settled = true;
    known.tries = { parentRunId, count: this.triesOf(id, parentRunId, graph) + 1 };
    return known.call?.requester ?? null;
  }

  triesOf(id: string | undefined, parentRunId: string, graph = ""): number {
    const tries = this.#find(id ?? "", graph)?.tries;
    return tries?.parentRunId === parentRunId ? tries.count : 0;
  }

  /** Somebody has answered it. Null where it is told already, or where neither a model of this turn nor the given calls asked for it. */
  settle(id: string, given: readonly AskedCall[], graph = ""): AskedCall | null {
    const known = this.#find(id, graph);
    const call = known?.call ?? given.find((other) => other.id === id) ?? null;
    if (call === null || known?.settled === true) return null;
    this.#entry(id, graph).settled = true;
    return call;
  }

  /** Those that a model of this turn asked for and nobody has answered. */
  unsettled(): readonly { readonly id: string; readonly requester: Key }[] {
    const all = new Set([...this.#known.entries()].map(([, known]) => known));
    return [...all].flatMap(({ call, settled }) =>
      call?.id !== undefined && call.requester !== null && !settled
        ? [{ id: call.id, requester: call.requester }]
        : [],
    );
  }

  forget(): void {
    this.#known.clear();
    this.#nameless = [];
  }

  #find(id: string, graph: string): Known | undefined {
    return this.#known.get(nameIn(graph, id)) ?? this.#known.get(nameIn(anywhere, id));
  }

  #entry(id: string, graph: string): Known {
    return this.#find(id, graph) ?? this.#place(id, graph, unheard());
  }

  #place(id: string, graph: string, known: Known): Known {
    this.#known.set(nameIn(graph, id), known);
    this.#known.set(nameIn(anywhere, id), known);
    return known;
  }

  #takeNameless(name: string): AskedCall | undefined {
    const index = this.#nameless.findIndex((call) => call.name === name);
    if (index < 0) return undefined;
    const call = this.#nameless[index];
    this.#nameless = this.#nameless.toSpliced(index, 1);
    return call;
  }
}

/** No namespace of LangGraph's. */
const anywhere = "*";

function nameIn(graph: string, id: string): string {
  return `${graph.length}:${graph}${id}`;
}

function unheard(): Known {
  return { call: null, settled: false, tries: null };
}
