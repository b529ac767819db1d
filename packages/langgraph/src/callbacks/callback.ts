import { isRecord } from "@spoor/core";
import { pieceOfStreamEvent, pieceOfToken } from "./model/streamed.ts";
import type { Fields, LangGraphCallback } from "./native.ts";
import { fieldsOf, known, listOf, textOf, textsOf } from "./reading.ts";

type Reader = (run: { readonly runId: string }, given: Fields) => LangGraphCallback;

const opening = (given: Fields, runnable: string) => ({
  ...known({ parentRunId: textOf(given["parentRunId"]), runName: textOf(given["runName"]) }),
  classPath: textsOf(fieldsOf(given[runnable])["id"]),
  tags: textsOf(given["tags"]),
  metadata: fieldsOf(given["metadata"]),
});

const model =
  (messagesOf: (given: Fields) => readonly unknown[]): Reader =>
  (run, given) => ({
    kind: "model.started",
    ...run,
    ...opening(given, "llm"),
    messages: messagesOf(given),
    invocationParams: fieldsOf(fieldsOf(given["extraParams"])["invocation_params"]),
  });

const ended =
  (output: string): Reader =>
  (run, given) => ({
    kind: "run.ended",
    ...run,
    output: given[output],
    ...(fieldsOf(given["extraParams"])["cached"] === true ? { cached: true } : {}),
  });

const failed: Reader = (run, given) => ({ kind: "run.failed", ...run, error: given["err"] });
const progressed: Reader = (run) => ({ kind: "run.progressed", ...run });
const token: Reader = (run, { fields }) => ({
  kind: "run.progressed",
  ...run,
  ...pieceOfToken(fields),
});
const streamEvent: Reader = (run, { event }) => ({
  kind: "run.progressed",
  ...run,
  ...pieceOfStreamEvent(event),
});

const suspension = (given: Fields) => ({
  ...known({ checkpointId: textOf(given["checkpointId"]) }),
  checkpointNamespace: listOf(given["checkpointNs"]),
});

/** Every callback of a handler that this adapter understands. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    "handleChainStart",
    (run, given) => ({
      kind: "chain.started",
      ...run,
      ...opening(given, "chain"),
      ...known({ runType: textOf(given["runType"]) }),
      inputs: given["inputs"],
    }),
  ],
  ["handleChatModelStart", model((given) => listOf(listOf(given["messages"])[0]))],
  ["handleLLMStart", model((given) => listOf(given["prompts"]))],
  [
    "handleToolStart",
    (run, given) => ({
      kind: "tool.started",
      ...run,
      ...opening(given, "tool"),
      ...known({ toolCallId: textOf(given["toolCallId"]) }),
      input: given["input"],
    }),
  ],
  [
    "handleRetrieverStart",
    (run, given) => ({
      kind: "retriever.started",
      ...run,
      ...opening(given, "retriever"),
      query: given["query"],
    }),
  ],
  ["handleChainEnd", ended("outputs")],
  ["handleLLMEnd", ended("output")],
  ["handleToolEnd", ended("output")],
  ["handleRetrieverEnd", ended("documents")],
  ["handleChainError", failed],
  ["handleLLMError", failed],
  ["handleToolError", failed],
  ["handleRetrieverError", failed],
  ["handleLLMNewToken", token],
  ["handleChatModelStreamEvent", streamEvent],
  ["handleToolEvent", progressed],
  [
    "handleInterrupt",
    (run, given) => ({
      kind: "interrupted",
      ...run,
      ...suspension(given),
      ...known({ status: textOf(given["status"]) }),
      interrupts: listOf(given["interrupts"]),
    }),
  ],
  ["handleResume", (run, given) => ({ kind: "resumed", ...run, ...suspension(given) })],
  [
    "handleCustomEvent",
    (run, given) => ({
      kind: "custom",
      ...run,
      name: textOf(given["eventName"]) ?? "custom",
      data: given["data"],
    }),
  ],
]);

/** One callback, its arguments by name. Null where it does not say which run it is about. */
export function callbackOf(
  name: string,
  given: Fields,
  order: { readonly order?: number } = {},
): LangGraphCallback | null {
  const read = readers.get(name);
  const about = isRecord(given["event"]) && given["runId"] === undefined ? given["event"] : given;
  const runId = textOf(about["runId"]);
  if (read === undefined)
    return { kind: "unknown", name, ...order, ...known({ runId }), arguments: given };
  if (runId === undefined) return null;
  const native = read({ runId }, about);
  return order.order === undefined ? native : { ...native, ...order };
}
