import type { Recorder, SpanContext } from "@spoor/core";
import { callbackOf } from "../callbacks/callback.ts";
import { createTranslator } from "../callbacks/translate.ts";
import { Attachment } from "./attachment.ts";
import { currentRun } from "./current-run.ts";
import { expectObserver } from "./expect-observer.ts";
import { guarded } from "./guarded.ts";
import { type CallbackName, callbackNames, namedArguments } from "./named-arguments.ts";
import { createRepeatedDispatch } from "./repeated-dispatch.ts";

/** Typed by no version of LangChain, so that it fits them all. */
type Callback = (...given: readonly unknown[]) => void;

/**
 * A handler for LangChain's `callbacks`, at any level and at several: a run is recorded once. Its methods are bound, done when they return, change
 * nothing and never throw; what could not be recorded is counted by the recorder.
 */
export interface SpoorCallbacks extends Readonly<Record<CallbackName, Callback>> {
  /** LangChain takes handlers of one name for one, so each observer's has its own. */
  readonly name: string;
  /** Else LangChain calls from a queue that all handlers share: later, and in the async context of some other request. */
  readonly awaitHandlers: true;
  /** The span of a run; of one that is none of its own (a plumbing runnable), its parent's. Null: not known, or no longer. */
  readonly spanOf: (runId: string) => SpanContext | null;
  /** The span of the node or tool that the code which asks stands in. Null outside of any, and where there is no async storage. */
  readonly currentSpan: () => SpanContext | null;
  /** The call to a model that is under way right in a span, where there is exactly one: in a model's own code, `currentSpan` is what called it. */
  readonly modelCallIn: (span: SpanContext) => SpanContext | null;
  /** The span of the node whose checkpoints have this namespace, as LangGraph's metadata names it. */
  readonly spanOfTask: (namespace: string) => SpanContext | null;
  /** LangChain knows a handler by having one. */
  readonly copy: () => SpoorCallbacks;
  /** Chunks of the stream modes "checkpoints" and "debug" hold the handlers themselves. */
  readonly toJSON: () => { readonly name: string };
}

const made: WeakMap<Recorder, SpoorCallbacks> = new WeakMap();

/** The handler of an observer, for `{ callbacks: [spoorCallbacks(observer)] }`. It has one, however often it is asked for. Throws for what is no observer. */
export function spoorCallbacks(observer: Recorder): SpoorCallbacks {
  expectObserver(observer, "spoorCallbacks");
  const known = made.get(observer);
  if (known !== undefined) return known;
  const handler = createHandler(observer);
  made.set(observer, handler);
  return handler;
}

/** LangGraph tells of interrupts and resumes to whom is marked so. */
const lifecycle = Symbol.for("langgraph.graph_callback_handler");

function createHandler(observer: Recorder): SpoorCallbacks {
  const attachment = new Attachment(observer, createTranslator());
  const isRepeated = createRepeatedDispatch();

  const callback =
    (called: CallbackName): Callback =>
    (...given) =>
      guarded(observer, () => {
        if (called === "handleCustomEvent" && isRepeated(given)) return;
        const native = callbackOf(called, namedArguments(called, given));
        if (native !== null) attachment.record(native);
      });

  const callbacks = Object.fromEntries(callbackNames.map((name) => [name, callback(name)]));
  const handler: SpoorCallbacks = {
    ...(callbacks as Record<CallbackName, Callback>),
    name: `spoor:${crypto.randomUUID()}`,
    awaitHandlers: true,
    spanOf: (runId) => attachment.spanOf(runId),
    currentSpan: () => attachment.spanOf(currentRun() ?? ""),
    modelCallIn: (span) => attachment.modelCallIn(span),
    spanOfTask: (namespace) => attachment.spanOfTask(namespace),
    copy: () => handler,
    toJSON: () => ({ name: "spoor" }),
  };
  return Object.assign(handler, { [lifecycle]: true });
}
