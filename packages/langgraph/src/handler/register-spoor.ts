import type { Recorder } from "@spoor/core";
import { expectObserver } from "./expect-observer.ts";
import { expectContexts, type LangChainContext } from "./langchain-context.ts";
import { spoorCallbacks } from "./spoor-callbacks.ts";

/**
 * Records every run of LangChain from here on, without a word in any call. The module is the application's own, `@langchain/core/context`; where
 * parts of it load LangChain by `import` and others by `require`, both are given. LangChain keeps what is registered in its async storage, so where
 * this is called counts: at the top of a module that has no `await` there, which is imported before the others. Inside of a request it holds for
 * that request. Returns what ends it: runs that start then are not recorded. Throws at once for what is no observer or no such module.
 */
export function registerSpoor(
  observer: Recorder,
  context: LangChainContext,
  ...more: readonly LangChainContext[]
): () => void {
  const contexts = [context, ...more];
  expectObserver(observer, "registerSpoor");
  expectContexts(contexts);
  const variable = `spoor:${crypto.randomUUID()}`;
  const handler = { ...spoorCallbacks(observer) };
  for (const module of contexts) {
    module.setContextVariable(variable, handler);
    module.registerConfigureHook({ contextVar: variable, inheritable: true });
  }
  /** LangChain has no way back, and an async storage no place to go back from; but it passes over a handler without a `copy`. */
  return () => void Reflect.deleteProperty(handler, "copy");
}
