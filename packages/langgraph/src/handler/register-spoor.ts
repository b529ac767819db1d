import type { Recorder } from "@spoor/core";
import { spoorCallbacks } from "./spoor-callbacks.ts";

/** What is used of the module `@langchain/core/context`. */
export interface LangChainContext {
  registerConfigureHook(hook: { readonly contextVar: string; readonly inheritable: boolean }): void;
  setContextVariable(name: string, value: unknown): void;
}

/**
 * Records every run of LangChain from here on, without a word in any call. The module is the application's own, `@langchain/core/context`; where
 * parts of it load LangChain by `import` and others by `require`, both are given. LangChain keeps what is registered in its async storage, so where
 * this is called counts: at the top of a module that has no `await` there, which is imported before the others. Inside of a request it holds for
 * that request. Returns what ends it: runs that start then are not recorded.
 */
export function registerSpoor(
  observer: Recorder,
  ...contexts: readonly LangChainContext[]
): () => void {
  const variable = `spoor:${crypto.randomUUID()}`;
  const handler = { ...spoorCallbacks(observer) };
  for (const context of contexts) {
    context.setContextVariable(variable, handler);
    context.registerConfigureHook({ contextVar: variable, inheritable: true });
  }
  /** LangChain has no way back, and an async storage no place to go back from; but it passes over a handler without a `copy`. */
  return () => void Reflect.deleteProperty(handler, "copy");
}
