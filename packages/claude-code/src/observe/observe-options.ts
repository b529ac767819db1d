import type { Recorder } from "@spoor/core";
import { fieldsOf } from "../narrow.ts";
import { Conversation } from "./conversation.ts";
import { hearingOf } from "./hearing.ts";
import { observedStore } from "./observed-store.ts";
import { listener, listensAlready, observingHooks } from "./observing-hooks.ts";
import { watchedIteration } from "./watched-iteration.ts";

/** What `query` takes, as far as it matters here. */
export interface QueryParameters {
  readonly prompt: unknown;
  readonly options?: object;
}

export interface ObserveSettings {
  /**
   * Also record what the program writes to its transcript, as it writes it, by the SDK's `sessionStore`: beside the application's own store, else
   * by one that keeps nothing. Not where the session is resumed without a store of the application's, because the SDK would look for it there.
   */
  readonly transcript?: boolean;
}

/** Of each recorder, what was made for it here. */
const madeFor: WeakMap<Recorder, WeakSet<object>> = new WeakMap();

/**
 * What `query` is called with, so that it is recorded what only its arguments tell: prompts, when tools began and how long they ran, what waited
 * for a permission. Beside `observe` it adds to the same record; alone it records what hooks are told. The application's options and hooks are
 * left as they are, and hooks of ours come behind them, answer nothing and never fail; prompts that come one by one are asked for as before.
 * What has hooks of ours already, a copy among it, is left as it is.
 */
export function observeOptions<Parameters extends QueryParameters>(
  parameters: Parameters,
  observer: Recorder,
  { transcript = false }: ObserveSettings = {},
): Parameters {
  const made = madeFor.get(observer) ?? new WeakSet();
  madeFor.set(observer, made);
  if (made.has(parameters)) return parameters;
  const { options } = parameters;
  const { hooks: given, sessionStore } = fieldsOf(options);
  if (listensAlready(given, made)) return parameters;
  const conversation = new Conversation(hearingOf(observer));
  const listen = listener((input, toolUseID) => conversation.hooked(input, toolUseID));
  const hooks = observingHooks(given, listen);
  const prepared = {
    ...options,
    hooks,
    ...(transcript && (sessionStore !== undefined || canBeginWithAStore(options))
      ? { sessionStore: observedStore(sessionStore, observer) }
      : {}),
  };
  const observed = { ...parameters, prompt: observedPrompt(parameters.prompt, conversation) };
  tellWhenRead(observed, prepared, () => conversation.begin());
  made.add(observed);
  made.add(listen);
  return observed;
}

/** `query` reads the options as it is called, which is how it is known which of several calls comes next. */
function tellWhenRead(parameters: object, options: object, read: () => void): void {
  let current = options;
  Object.defineProperty(parameters, "options", {
    enumerable: true,
    configurable: true,
    get: () => {
      read();
      return current;
    },
    set: (given: object) => {
      current = given;
    },
  });
}

/** The SDK looks in the store for what it goes on from, and refuses one where nothing is to be kept. */
function canBeginWithAStore(options: unknown): boolean {
  const { resume, continue: goesOn, persistSession } = fieldsOf(options);
  return resume === undefined && goesOn !== true && persistSession !== false;
}

function observedPrompt(prompt: unknown, conversation: Conversation): unknown {
  if (typeof prompt !== "object" || prompt === null) {
    conversation.prompted(prompt);
    return prompt;
  }
  return watchedIteration(prompt, {
    stepped: (step) => {
      const { done, value } = fieldsOf(step);
      if (done !== true) conversation.prompted(value);
    },
    threw: () => {},
    left: () => {},
  });
}
