import type { CrewScope } from "@spoor/crew";
import type { Agent } from "./crew.ts";
import type { Answer, Call, Message } from "./scripted-model.ts";

/** Somebody at work: asks the model, does what it calls for, tells it what came out, until it has an answer. What records it is marked `// spoor`. */
export async function runAgent(
  agent: Agent,
  task: string,
  coworkers: readonly Agent[],
  scope: CrewScope,
): Promise<string> {
  const messages: Message[] = [{ role: "user", content: task }];
  for (;;) {
    const { says, call, key } = await ask(agent, messages, scope);
    messages.push({ role: "assistant", content: says });
    if (!call) return says;
    const content = await act(agent, call, { key, coworkers, scope });
    messages.push({ role: "tool", content });
  }
}

async function ask(
  { modelName, model, goal }: Agent,
  messages: readonly Message[],
  scope: CrewScope,
): Promise<Answer & { readonly key: string }> {
  const context = { instructions: goal, messages: [...messages] };
  const call = scope.model(modelName, { provider: "scripted", context }); // spoor
  const answer = await model(messages);
  call.usage(answer.usage); // spoor
  call.answered({ finishReason: answer.call ? "tool_calls" : "stop" }); // spoor
  call.end(answer.says); // spoor
  return { ...answer, key: call.key };
}

interface Surroundings {
  /** Of the model call that asked for it. */
  readonly key: string;
  readonly coworkers: readonly Agent[];
  readonly scope: CrewScope;
}

/** A coworker is asked like a tool, and works right there. */
async function act(
  agent: Agent,
  { name, input, expected = "" }: Call,
  { key, coworkers, scope }: Surroundings,
): Promise<string> {
  const asked = { input, causedBy: { key } }; // spoor
  const coworker = coworkers.find(({ role }) => role === name);
  if (coworker) {
    const work = (inside: CrewScope): Promise<string> => runAgent(coworker, input, [], inside);
    return scope.delegate(name, { ...asked, expected }, work); // spoor
  }
  const tool = agent.tools[name];
  if (!tool) throw new Error(`the model asked the ${agent.role} for what there is not: ${name}`);
  return scope.tool(name, asked, () => tool(input)); // spoor
}
