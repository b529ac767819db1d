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

/** The tool calls of a turn: who asked for them, and whether they are told already. */
export class ToolCalls {
  readonly #known: Recent<Known> = new Recent(most);
  /** Calls without an id, oldest first: a run that has none either is matched by name. */
  #nameless: readonly AskedCall[] = [];

  /** A model has answered with this message. */
  asked(message: unknown, requester: Key): void {
    for (const call of callsIn(message, requester)) {
      if (call.id === undefined) this.#nameless = [...this.#nameless, call].slice(-most);
      else this.#entry(call.id).call = call;
    }
  }

  /** A tool runs for it. The answer: the model call that asked for it, as far as is known. */
  begun(id: string | undefined, name: string, parentRunId: string): Key | null {
    if (id === undefined) return this.#takeNameless(name)?.requester ?? null;
    const known = this.#entry(id);
    known.settled = true;
    known.tries = { parentRunId, count: this.triesOf(id, parentRunId) + 1 };
    return known.call?.requester ?? null;
  }

  triesOf(id: string | undefined, parentRunId: string): number {
    const tries = this.#known.get(id ?? "")?.tries;
    return tries?.parentRunId === parentRunId ? tries.count : 0;
  }

  /** Somebody has answered it. Null where it is told already, or where neither a model of this turn nor the given calls asked for it. */
  settle(id: string, given: readonly AskedCall[]): AskedCall | null {
    const known = this.#known.get(id);
    const call = known?.call ?? given.find((other) => other.id === id) ?? null;
    if (call === null || known?.settled === true) return null;
    this.#entry(id).settled = true;
    return call;
  }

  forget(): void {
    this.#known.clear();
    this.#nameless = [];
  }

  #entry(id: string): Known {
    const known = this.#known.get(id) ?? { call: null, settled: false, tries: null };
    this.#known.set(id, known);
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
