import type { ModelScope, Scope } from "@spoor/core";
import type { Message, Reply, ToolCall, ToolInput } from "./message.ts";
import type { Chunk, Model } from "./scripted-model.ts";

export interface Agent {
  readonly name: string;
  readonly modelName: string;
  readonly model: Model;
  readonly instructions: string;
  readonly tools: Readonly<Record<string, Tool>>;
}

export interface Tool {
  /** A person has to agree before it runs. */
  readonly needsApproval?: true;
  /** `scope`: where to record what it does inside. */
  run(input: ToolInput, scope: Scope): Promise<string>;
}

/** A reply whose tool calls wait until somebody agrees, and the name of what they wait for. */
export interface Pending {
  readonly wait: string;
  readonly reply: Reply;
}

const mostAttempts = 3;

/**
 * The whole agent: ask the model, run the tools it calls, tell it what came out, until it has an answer. `messages` grows on the way. What
 * records it is marked `// spoor`.
 */
export async function work(
  agent: Agent,
  messages: Message[],
  scope: Scope,
): Promise<string | Pending> {
  for (;;) {
    const reply = await ask(agent, messages, scope);
    messages.push(reply);
    if (reply.toolCalls.length === 0) return reply.content;
    const risky = reply.toolCalls.find((call) => toolFor(agent, call).needsApproval);
    if (risky) {
      const wait = `approval of ${risky.name}`;
      scope.interrupt(wait, reply.content); // spoor
      scope.suspend(); // spoor
      return { wait, reply };
    }
    await runTools(agent, reply, messages, scope);
  }
}

/** All at once: the calls of one reply do not wait for each other. */
export async function runTools(
  agent: Agent,
  reply: Reply,
  messages: Message[],
  scope: Scope,
): Promise<void> {
  const results = reply.toolCalls.map(async (call): Promise<Message> => {
    const content = await runTool(toolFor(agent, call), call, reply, scope);
    return { role: "tool", toolCallId: call.id, content };
  });
  messages.push(...(await Promise.all(results)));
}

async function ask(agent: Agent, messages: readonly Message[], scope: Scope): Promise<Reply> {
  const { name, modelName, model, instructions, tools } = agent;
  const request = { instructions, tools: Object.keys(tools), messages };
  const id = `${scope.key}/${messages.length}`;
  const options = { key: id, agent: name, provider: "scripted", context: request }; // spoor
  return scope.model(modelName, options, (call) => receive(model(request), id, call)); // spoor
}

/** The reply as it comes in, piece by piece. */
async function receive(chunks: AsyncIterable<Chunk>, id: string, call: ModelScope): Promise<Reply> {
  let content = "";
  const toolCalls: ToolCall[] = [];
  for await (const chunk of chunks) {
    content += chunk.text;
    toolCalls.push(...chunk.toolCalls);
    call.usage(chunk.usage, { final: chunk.isLast }); // spoor
  }
  call.answered({ finishReason: toolCalls.length > 0 ? "tool_calls" : "stop" }); // spoor
  return { role: "assistant", id, content, toolCalls };
}

/** What the tool gave. Where it fails it is tried again, and in the end the model is told. */
async function runTool(tool: Tool, call: ToolCall, reply: Reply, scope: Scope): Promise<string> {
  const { id, name, arguments: input } = call;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const options = { input, toolCallId: id, causedBy: reply.id, attempt }; // spoor
      return await scope.tool(name, options, (inside) => tool.run(input, inside)); // spoor
    } catch (error) {
      if (attempt === mostAttempts) return `failed ${attempt} times: ${String(error)}`;
    }
  }
}

function toolFor(agent: Agent, { name }: ToolCall): Tool {
  const tool = agent.tools[name];
  if (!tool) throw new Error(`the model asked ${agent.name} for a tool that it has not: ${name}`);
  return tool;
}
