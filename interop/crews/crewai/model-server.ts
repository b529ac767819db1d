import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a model says to one request: a text, calls of tools, or a refusal. */
export type Answer =
  | { readonly text: string; readonly afterMs?: number }
  | { readonly calls: readonly { readonly name: string; readonly args: object }[] }
  | { readonly status: number; readonly error: string };

type Said = Exclude<Answer, { readonly status: number }>;

/** Answers by the role that the system prompt names, in their order. */
export type Script = Readonly<Record<string, readonly Answer[]>>;

/** One request as the server saw it, and what it was worth: the truth that a recording is held against. */
export interface Exchange {
  readonly role: string;
  readonly model: string;
  readonly status: number;
  readonly usage: ServedUsage | null;
}

export interface ServedUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

export interface ModelServer {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content?: unknown }[];
  readonly tools?: readonly unknown[];
}

/** A server on loopback that speaks as much of OpenAI's chat completions as CrewAI asks for, and says what it is told to. */
export async function startModelServer(script: Script): Promise<ModelServer> {
  const queues = new Map(Object.entries(script).map(([role, answers]) => [role, [...answers]]));
  const exchanges: Exchange[] = [];

  const server = createServer(async (request, response) => {
    const asked = JSON.parse(await bodyOf(request)) as ChatRequest;
    const role = roleIn(asked);
    const answer = queues.get(role)?.shift() ?? {
      status: 400,
      error: `nothing is scripted for ${role}`,
    };
    const number = exchanges.length + 1;
    const isRefused = "status" in answer;
    const usage = isRefused ? null : usageOf(number, asked);
    const status = isRefused ? answer.status : 200;
    exchanges.push({ role, model: asked.model, status, usage });
    if ("afterMs" in answer) await new Promise((resolve) => setTimeout(resolve, answer.afterMs));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(
      JSON.stringify(
        isRefused
          ? { error: { message: answer.error, type: "invalid_request_error" } }
          : completion(number, asked, answer, usage),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** CrewAI's system prompts begin with "You are <role>." */
function roleIn({ messages }: ChatRequest): string {
  const system = messages.find(({ role }) => role === "system")?.content;
  return /^You are ([^.\n]+)/.exec(String(system))?.[1] ?? "";
}

/** Other numbers for each request, so that no two of them can be taken for each other. */
function usageOf(number: number, { messages }: ChatRequest): ServedUsage {
  const input = 100 * messages.length + number;
  const output = 10 + 3 * number;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 32 + number },
    completion_tokens_details: { reasoning_tokens: 2 * number },
  };
}

function completion(
  number: number,
  asked: ChatRequest,
  answer: Said,
  usage: ServedUsage | null,
): object {
  const { message, finishReason } = isReAct(asked)
    ? { message: { role: "assistant", content: reActText(answer) }, finishReason: "stop" }
    : messageOf(number, answer);
  return {
    id: `chatcmpl-${number}`,
    object: "chat.completion",
    created: 0,
    model: `${asked.model}-served`,
    choices: [{ index: 0, message, finish_reason: finishReason }],
    usage,
  };
}

function messageOf(number: number, answer: Said) {
  if ("text" in answer)
    return { message: { role: "assistant", content: answer.text }, finishReason: "stop" };
  const calls = answer.calls.map(({ name, args }, index) => ({
    id: `call_${number}_${index}`,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  }));
  return {
    message: { role: "assistant", content: null, tool_calls: calls },
    finishReason: "tool_calls",
  };
}

/** Older lines of CrewAI offer their tools in the prompt, and read the answer's text. */
function isReAct({ messages, tools }: ChatRequest): boolean {
  return (
    tools === undefined && messages.some(({ content }) => /Final Answer:/.test(String(content)))
  );
}

function reActText(answer: Said): string {
  if ("text" in answer)
    return `Thought: I now can give a great answer\nFinal Answer: ${answer.text}`;
  const [call] = answer.calls;
  return `Thought: I need a tool\nAction: ${call?.name}\nAction Input: ${JSON.stringify(call?.args)}`;
}
