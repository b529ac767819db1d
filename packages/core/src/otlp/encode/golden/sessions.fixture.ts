import * as say from "../../../testing-kit/drafts.ts";
import type { EventDraft, FullContext } from "../../../vocabulary/event.ts";

const labels = {
  userId: "ada@example.org",
  feature: "support",
  tags: ["beta", "eu"],
  environment: "production",
  release: "2026.1",
} as const;

const asked = { role: "user", content: "What is the weather in Rome?" };
const thought = { type: "thinking", thinking: "I have to look it up." };
const call = { type: "tool_use", id: "toolu_1", name: "weather", input: { city: "Rome" } };
const found = { type: "tool_result", tool_use_id: "toolu_1", content: "21 °C" };
const opening = [
  asked,
  { role: "user", content: [{ type: "image", source: { type: "file", file_id: "file_1" } }] },
];
const instructions = "You are a helpful cook.";
const tools = [
  {
    name: "weather",
    description: "Tells the weather of a city.",
    input_schema: { type: "object", properties: { city: { type: "string" } } },
  },
];
const first: FullContext = { instructions, tools, messages: opening };
const second: FullContext = {
  instructions,
  tools,
  messages: [
    ...opening,
    { role: "assistant", content: [thought, call] },
    { role: "user", content: [found] },
  ],
};

/** An agent asks a model, which asks for a tool, and answers. */
export const agentWithTool: readonly EventDraft[] = [
  say.sessionStarted(labels),
  say.turn("turn", { name: "ask", agent: "cook", trigger: "user", input: asked }),
  say.model("call-1", "turn", {
    provider: "anthropic",
    requestModel: "claude-sonnet-4-5",
    context: first,
    parameters: { max_tokens: 1_024, temperature: 0, thinking: { type: "enabled" } },
  }),
  {
    type: "output.began",
    session: say.session,
    source: "stream",
    on: "call-1",
    mark: "first",
  },
  say.usage("call-1", "1", { input: 12, cacheRead: 300, cacheWrite: 40, output: 25, reasoning: 9 }),
  {
    type: "model.ended",
    session: say.session,
    source: "stream",
    key: "call-1",
    outcome: { status: "ok" },
    output: [thought, call],
    model: "claude-sonnet-4-5-20250929",
    finishReason: "tool_use",
    responseId: "msg_1",
  },
  say.tool("toolu_1", "turn", {
    name: "weather",
    causedBy: "call-1",
    toolCallId: "toolu_1",
    input: { city: "Rome" },
  }),
  say.ended("tool", "toolu_1", { output: "21 °C" }),
  say.model("call-2", "turn", {
    provider: "anthropic",
    requestModel: "claude-sonnet-4-5",
    context: second,
  }),
  say.usage("call-2", "1", {
    input: 30,
    cacheRead: 340,
    cacheWrite: 0,
    output: 8,
    reasoning: null,
  }),
  say.ended("model", "call-2", { output: [{ type: "text", text: "It is 21 °C in Rome." }] }),
  say.total("turn", "total", {
    input: 50,
    cacheRead: 640,
    cacheWrite: 40,
    output: 33,
    reasoning: null,
  }),
  say.ended("turn", "turn", { output: "It is 21 °C in Rome." }),
];

const graphState = {
  messages: [
    { role: "user", content: "Cancel my order" },
    {
      role: "assistant",
      content: "",
      toolCalls: [{ id: "call_1", name: "cancel", arguments: { order: 7 } }],
    },
    {
      role: "tool",
      content: "no such order",
      toolCallId: "call_1",
      name: "cancel",
      status: "error",
    },
  ],
};

/** In a graph a tool fails, a model is tried twice, and the error goes up to the turn. */
export const failingGraph: readonly EventDraft[] = [
  say.sessionStarted({ framework: "langgraph" }),
  say.turn("run", { name: "orders", input: { messages: graphState.messages.slice(0, 1) } }),
  say.work("plan", "run", { kind: "step", name: "plan", input: graphState }),
  say.work("search", "plan", { kind: "retrieval", name: "orders", input: "order 7" }),
  say.ended("work", "search", {
    output: [{ pageContent: "Order 7: a lamp", metadata: { id: 7 } }],
  }),
  say.tool("call_1", "plan", { name: "cancel", toolCallId: "call_1", input: '{"order":7}' }),
  say.ended("tool", "call_1", {
    outcome: { status: "error", errorType: "NotFound" },
    detail: "no such order",
  }),
  say.model("call", "plan", {
    provider: "google_genai",
    requestModel: "gemini-2.5-flash",
    attempt: 2,
    parameters: { generationConfig: { maxOutputTokens: 64, stopSequences: ["END"] } },
    input: graphState.messages.slice(0, 1),
  }),
  {
    type: "attempt.failed",
    session: say.session,
    source: "stream",
    on: "call",
    mark: "1",
    errorType: "RateLimit",
    retryDelayMs: 500,
  },
  say.ended("model", "call", {
    outcome: { status: "error", errorType: "Timeout" },
    detail: "the model took too long",
  }),
  say.ended("work", "plan", {
    outcome: { status: "error", errorType: "Timeout", passedOn: true },
    detail: "the model took too long",
  }),
  say.ended("turn", "run", {
    outcome: { status: "error", errorType: "Timeout", passedOn: true },
    detail: "the model took too long",
  }),
];

/** A turn waits for a person, goes on when they have answered, hands over and compacts; the next is another's cause. */
export const suspendedAndResumed: readonly EventDraft[] = [
  say.sessionStarted({ framework: "langgraph" }),
  say.turn("one", { name: "refund", input: "Refund order 7" }),
  say.work("crew", "one", { kind: "workflow", name: "refunds" }),
  {
    type: "interrupt.raised",
    session: say.session,
    source: "stream",
    on: "one",
    mark: "1",
    wait: "approval",
    payload: { amount: 20 },
  },
  say.ended("work", "crew", { outcome: { status: "suspended" } }),
  say.ended("turn", "one", { outcome: { status: "suspended" } }),
  say.turn("two", { name: "refund", resumes: "approval" }),
  {
    type: "interrupt.resolved",
    session: say.session,
    source: "stream",
    on: "two",
    mark: "1",
    wait: "approval",
    answer: "yes",
  },
  say.work("clerk", "two", { kind: "agent", name: "clerk", agent: "clerk", input: "Refund 20" }),
  say.handoff("clerk", "1", { to: "cashier" }),
  say.work("shorter", "clerk", { kind: "compaction", name: "compaction" }),
  say.ended("work", "shorter", { output: "A refund of 20 was approved." }),
  say.ended("work", "clerk", { outcome: { status: "cancelled" }, detail: "the user left" }),
  say.ended("turn", "two", { output: "Done." }),
  say.turn("three", {
    name: "receipt",
    links: [{ kind: "cause", session: say.session, key: "one" }],
  }),
  say.ended("turn", "three"),
];
