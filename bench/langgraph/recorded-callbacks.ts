import { readdirSync, readFileSync } from "node:fs";

/** One call of a handler's method, as LangChain made it: live objects are stand-ins of themselves. */
export interface RecordedCallback {
  readonly method: string;
  readonly given: readonly unknown[];
}

const fixtures = new URL("../../packages/langgraph/src/callbacks/fixtures/", import.meta.url);

const run = ["runId", "parentRunId", "tags"];
const opening = [...run, "metadata"];
const modelOpening = ["runId", "parentRunId", "extraParams", "tags", "metadata", "runName"];

/** The order in which LangChain passes what a recording has by name. */
const orders: Readonly<Record<string, readonly string[]>> = {
  handleChainStart: ["chain", "inputs", ...opening, "runType", "runName"],
  handleChainEnd: ["outputs", ...run],
  handleChainError: ["err", ...run],
  handleChatModelStart: ["llm", "messages", ...modelOpening],
  handleLLMStart: ["llm", "prompts", ...modelOpening],
  handleLLMNewToken: ["token", "idx", ...run, "fields"],
  handleLLMEnd: ["output", ...run, "extraParams"],
  handleLLMError: ["err", ...run, "extraParams"],
  handleToolStart: ["tool", "input", ...opening, "runName", "toolCallId"],
  handleToolEnd: ["output", ...run],
  handleToolError: ["err", ...run],
  handleRetrieverStart: ["retriever", "query", ...opening, "runName"],
  handleRetrieverEnd: ["documents", ...run],
  handleCustomEvent: ["eventName", "data", "runId", "tags", "metadata"],
  handleInterrupt: ["event"],
  handleResume: ["event"],
};

const recordings = readdirSync(fixtures)
  .filter((name) => name.endsWith(".native.ndjson"))
  .map((name) => readFileSync(new URL(name, fixtures), "utf8").trimEnd().split("\n"));

const headOfId = /[0-9a-f]{8}(?=-[0-9a-f]{4}-)/g;
const saidTexts = /"(?:content|text|query)":"/g;

/** All recordings, with ids of their own for each copy, and saying something else in it. */
export const recordedCallbacks = (copy: number): readonly RecordedCallback[] =>
  recordings.flat().flatMap((line) => {
    const { event, args } = JSON.parse(
      line
        .replace(headOfId, (head) => shifted(head, copy))
        .replace(saidTexts, (said) => `${said}${copy} `),
    ) as { readonly event?: string; readonly args?: Readonly<Record<string, unknown>> };
    const order = orders[event ?? ""];
    if (event === undefined || args === undefined || order === undefined) return [];
    return [{ method: event, given: order.map((name) => args[name]) }];
  });

const shifted = (head: string, copy: number): string =>
  ((Number.parseInt(head, 16) + copy * 7_919) >>> 0).toString(16).padStart(8, "0");
