import { isRecord } from "@spoor/core";

const storageName = Symbol.for("ls:tracing_async_local_storage");
const configName = Symbol.for("lc:child_config");

/**
 * The run that the code which asks stands in, as LangChain's own async storage has it: a node, a tool, a router; inside a model, what called the
 * model. Null outside of any run, and where there is no such storage (edge runtimes, `/web` entry points). Never throws.
 */
export function currentRun(): string | null {
  try {
    const storage: unknown = Reflect.get(globalThis, storageName);
    const config = fieldOf(fieldOf(answerOf(storage, "getStore"), "extra"), configName);
    const runId = answerOf(fieldOf(config, "callbacks"), "getParentRunId");
    return typeof runId === "string" ? runId : null;
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: PropertyKey): unknown {
  return isRecord(value) ? Reflect.get(value, name) : undefined;
}

function answerOf(value: unknown, method: string): unknown {
  const ask = fieldOf(value, method);
  return typeof ask === "function" ? Reflect.apply(ask, value, []) : undefined;
}
