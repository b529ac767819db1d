import type { BaseCallbackHandler, CallbackHandlerMethods } from "@langchain/core/callbacks/base";
import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { CompiledStateGraph, LangGraphRunnableConfig } from "@langchain/langgraph";
import * as context from "@langchain/core/context";
import type { Recorder, SpanContext } from "@spoor/core";
import type { ReactAgent } from "langchain";
import { registerSpoor } from "./register-spoor.ts";
import { spoorCallbacks } from "./spoor-callbacks.ts";

declare const observer: Recorder;
declare const graph: CompiledStateGraph<{ count: number }, { count?: number }>;
declare const agent: ReactAgent;
declare const others: (BaseCallbackHandler | CallbackHandlerMethods)[];

const handler = spoorCallbacks(observer);

/** What LangChain's own types take as a handler, they take ours as. */
handler satisfies CallbackHandlerMethods;
[handler] satisfies Callbacks;
({ callbacks: [handler] }) satisfies RunnableConfig;
({ callbacks: [...others, handler] }) satisfies LangGraphRunnableConfig;

/** So does every place where an application passes one. */
void graph.invoke({ count: 1 }, { callbacks: [handler] });
void graph.stream({ count: 1 }, { callbacks: [handler], streamMode: "values" });
void graph.withConfig({ callbacks: [handler] }).invoke({ count: 1 });
void agent.invoke({ messages: [] }, { callbacks: [handler] });
void agent.withConfig({ callbacks: [handler] }).invoke({ messages: [] });

registerSpoor(observer, context) satisfies () => void;
// @ts-expect-error without the module nothing would be recorded
registerSpoor(observer);
// @ts-expect-error the module is needed, not its name
registerSpoor(observer, "@langchain/core/context");

handler.currentSpan() satisfies SpanContext | null;
// @ts-expect-error a handler is not written to
handler.name = "another";
