import { isRecord } from "@spoor/core";

/** What is used of the module `@langchain/core/context`. */
export interface LangChainContext {
  registerConfigureHook(hook: { readonly contextVar: string; readonly inheritable: boolean }): void;
  setContextVariable(name: string, value: unknown): void;
}

/** Throws, naming what to pass, where there is none or one of them is something else: nothing would be recorded. */
export function expectContexts(given: readonly LangChainContext[]): void {
  if (given.every(isContext)) return;
  throw new TypeError(
    'registerSpoor needs your own copy of @langchain/core/context: import * as context from "@langchain/core/context", and call registerSpoor(observer, context)',
  );
}

function isContext(given: unknown): boolean {
  return (
    isRecord(given) &&
    [given["registerConfigureHook"], given["setContextVariable"]].every(
      (value) => typeof value === "function",
    )
  );
}
