import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isRecord } from "@spoor/core";
import type { KaibanTeam } from "./native.ts";

export type RecordedLine =
  | { readonly team: { readonly name: string; readonly inputs: unknown } }
  | { readonly begun: "anew" }
  | { readonly line: Readonly<Record<string, unknown>> }
  | { readonly told: number };

export const plantedKeys = [
  "sk-planted-0123456789abcdef",
  "planted-in-the-environment-42",
] as const;

export function recordedRun(name: string): readonly RecordedLine[] {
  const file = fileURLToPath(new URL(`fixtures/${name}.ndjson`, import.meta.url));
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => revived(JSON.parse(line) as unknown) as RecordedLine);
}

/** Errors as the library has them, and keys where it has them: in agents, tasks and tools. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!isRecord(value)) return value;
  if (isRecord(value["$error"])) return errorOf(value["$error"]);
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, revived(field)]),
  );
  const [apiKey, secret] = plantedKeys;
  const isHolder = ["llmConfig", "expectedOutput", "agentInstance"].some((name) => name in value);
  return isHolder
    ? { ...fields, env: { secret }, apiKey, store: { getState: () => apiKey } }
    : fields;
}

function errorOf({ name, message, originalError }: Readonly<Record<string, unknown>>): Error {
  const error = Object.assign(new Error(String(message)), { name });
  const inner = isRecord(originalError) ? revived(originalError) : null;
  return inner ? Object.assign(error, { originalError: inner }) : error;
}

/** A team whose store tells again what a real one told: each listener is given states of then, out of order as it does, and the store has the one of now. */
export class ReplayedTeam implements KaibanTeam {
  readonly #listeners: Set<(...given: unknown[]) => void> = new Set();
  #state: { name: string; inputs: unknown; env: unknown; workflowLogs: readonly unknown[] } = {
    name: "",
    inputs: {},
    env: { secret: plantedKeys[1] },
    workflowLogs: [],
  };

  getStore(): ReturnType<KaibanTeam["getStore"]> {
    return {
      getState: () => this.#state,
      subscribe: (listener: () => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  replay(
    run: readonly RecordedLine[],
    { tellTimes = 1 }: { readonly tellTimes?: number } = {},
  ): void {
    for (const said of run) {
      const { workflowLogs } = this.#state;
      if ("team" in said) this.#state = { ...this.#state, ...said.team };
      else if ("begun" in said) this.#state = { ...this.#state, workflowLogs: [] };
      else if ("line" in said)
        this.#state = { ...this.#state, workflowLogs: [...workflowLogs, said.line] };
      else for (let times = 0; times < tellTimes; times += 1) this.#tell();
    }
  }

  #tell(): void {
    const stale = { ...this.#state, workflowLogs: [] };
    for (const listener of this.#listeners) listener(stale, this.#state);
  }
}
