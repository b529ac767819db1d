import type { Model } from "./scripted-model.ts";

export interface Agent {
  readonly role: string;
  readonly goal: string;
  readonly modelName: string;
  readonly model: Model;
  readonly tools: Readonly<Record<string, (input: string) => Promise<string>>>;
}

/** What somebody found in what a task gave, and what to do better. */
export interface Verdict {
  readonly passed: boolean;
  readonly feedback?: string;
}

export interface Task {
  readonly name: string;
  readonly description: string;
  /** What it is to give. */
  readonly expected: string;
  readonly guardrail?: { readonly name: string; readonly check: (output: string) => Verdict };
  /** Why it is not needed, by what the tasks before it gave; null: it is. */
  readonly needless?: (outputs: readonly string[]) => string | null;
}

/** A manager gets every task, and gives it to whoever can do it. Tasks of one stage are done at once. */
export interface Crew {
  readonly name: string;
  readonly manager: Agent;
  readonly workers: readonly Agent[];
  readonly stages: readonly (readonly Task[])[];
}
