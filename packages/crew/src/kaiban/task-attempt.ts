import type { EndOptions, JsonValue, ModelScope } from "@spoor/core";
import type { CrewScope } from "../recorder/crew-scope.ts";
import type { AgentFacts, TaskFacts, TeamLog } from "./native.ts";
import { messagesIn, reasonIn, usageIn } from "./said.ts";

/** One attempt at a task: its agent at work, the calls that have not ended, and why it will fail if it does. */
export class TaskAttempt {
  readonly #task: CrewScope;
  readonly #agent: CrewScope;
  readonly #facts: AgentFacts | null;
  /** Oldest first. The library tells which task a call is of, and not which call: the one that began first has ended first. */
  readonly #calls: ModelScope[] = [];
  readonly #steps: Map<string, CrewScope> = new Map();
  #tool: CrewScope | null = null;
  #asking: ModelScope | null = null;
  #trouble: string | null = null;

  constructor(crew: CrewScope, task: TaskFacts, { agent, at }: TeamLog, attempt: number) {
    const moment = momentOf(at);
    this.#facts = agent;
    this.#task = crew.task(task.name, {
      id: task.id,
      ...(attempt > 1 ? { attempt } : {}),
      ...(task.description === null ? {} : { input: task.description }),
      ...(task.expected === null ? {} : { expected: task.expected }),
      after: task.dependencies,
      ...moment,
    });
    this.#agent = this.#task.agent(agent?.name ?? "agent", {
      ...moment,
      ...(agent?.role ? { native: { role: agent.role } } : {}),
    });
  }

  /** What its agent does. A word that is not here (an iteration, a thought) says nothing that calls and tools do not say. */
  tell({ status, metadata, at }: TeamLog): void {
    const moment = momentOf(at);
    switch (status) {
      case "THINKING":
        this.#beginCall(metadata, moment);
        break;
      case "THINKING_END":
        this.#endCall(metadata, moment);
        break;
      case "THINKING_ERROR":
        this.#trouble = reasonIn(metadata["error"]);
        this.#calls.shift()?.fail(errorOf(metadata["error"], "model call failed"), moment);
        break;
      case "USING_TOOL":
        this.#tool = this.#beginTool(toolNameIn(metadata), metadata, moment);
        break;
      case "USING_TOOL_END":
        this.#tool?.end(metadata["output"] as JsonValue, moment);
        this.#tool = null;
        break;
      case "USING_TOOL_ERROR":
        this.#failTool(metadata, moment);
        break;
      case "MAX_ITERATIONS_ERROR":
        this.#trouble = "the agent has reached its limit of iterations";
        this.#noteLimit(metadata, moment);
        break;
      case "DECIDED_TO_BLOCK_TASK":
        this.#trouble = reasonIn(metadata["blockReason"]);
        this.#agent.scope.note("decision.made", {
          ...moment,
          kind: "block",
          choice: "blocked",
          why: this.#trouble,
        });
        break;
      default:
        break;
    }
  }

  /** Stages of an agent that is a workflow itself. */
  tellStep({ status, metadata, at }: TeamLog): void {
    const id = metadata["stepId"];
    if (typeof id !== "string") return;
    const moment = momentOf(at);
    const step = this.#steps.get(id);
    if (status === "STEP_STARTED") this.#steps.set(id, this.#agent.step(id, moment));
    else if (status === "STEP_COMPLETED") step?.end(metadata["stepOutput"] as JsonValue, moment);
    else if (status === "STEP_FAILED")
      step?.fail(errorOf(metadata["error"], "step failed"), moment);
    else if (status === "STEP_SUSPENDED") step?.suspend(moment);
  }

  done(result: unknown, ending: EndOptions): void {
    this.#agent.end(result as JsonValue, ending);
    this.#task.end(result as JsonValue, ending);
  }

  /** A person has to look at what it gave. */
  await(wait: string, result: unknown, ending: EndOptions): void {
    this.#agent.end(result as JsonValue, ending);
    this.#task.askHuman(wait, result as JsonValue, ending);
    this.#task.suspend(ending);
  }

  blocked(said: unknown, ending: EndOptions): void {
    const reason = this.#trouble ?? reasonIn(said);
    this.#agent.fail(new Error(reason), ending);
    this.#task.fail(new Error(reason), ending);
  }

  cancel(reason: string, ending: EndOptions): void {
    this.#agent.cancel(reason, ending);
    this.#task.cancel(reason, ending);
  }

  pause(wait: string, ending: EndOptions): void {
    this.#task.askHuman(wait, "paused", ending);
    this.#agent.suspend(ending);
  }

  #beginCall(metadata: TeamLog["metadata"], moment: EndOptions): void {
    const { model = null, provider = null } = this.#facts ?? {};
    this.#calls.push(
      this.#agent.model(model ?? "model", {
        ...(model === null ? {} : { requestModel: model }),
        ...(provider === null ? {} : { provider }),
        context: { messages: messagesIn(metadata["messages"]) },
        ...moment,
      }),
    );
  }

  /** A call that was cut off by a pause or a stop answers all the same, and was paid. */
  #endCall(metadata: TeamLog["metadata"], moment: EndOptions): void {
    const call = this.#calls.shift();
    if (!call) return;
    const output: unknown = metadata["output"];
    const said = typeof output === "object" && output !== null ? output : {};
    const usage = usageIn(Reflect.get(said, "llmUsageStats"));
    if (usage) call.usage(usage);
    call.end(Reflect.get(said, "llmOutput") as JsonValue, moment);
    this.#asking = call;
  }

  #beginTool(name: string, metadata: TeamLog["metadata"], moment: EndOptions): CrewScope {
    return this.#agent.tool(name, {
      ...(metadata["input"] === undefined ? {} : { input: metadata["input"] as JsonValue }),
      ...(this.#asking ? { causedBy: this.#asking } : {}),
      ...moment,
    });
  }

  /** A tool that is not there has no beginning. */
  #failTool(metadata: TeamLog["metadata"], moment: EndOptions): void {
    const isThere = this.#tool !== null;
    const tool = this.#tool ?? this.#beginTool(toolNameIn(metadata), {}, moment);
    this.#tool = null;
    const what = isThere ? "the tool failed" : "there is no such tool";
    tool.fail(errorOf(metadata["error"], what), moment);
  }

  #noteLimit({ maxAgentIterations }: TeamLog["metadata"], moment: EndOptions): void {
    if (typeof maxAgentIterations === "number")
      this.#agent.scope.note("limit.reached", {
        ...moment,
        limit: "iterations",
        value: maxAgentIterations,
      });
  }
}

export const momentOf = (at: number | null): EndOptions => (at === null ? {} : { at: { ms: at } });

function toolNameIn({ tool, toolName }: TeamLog["metadata"]): string {
  const name: unknown =
    typeof tool === "object" && tool !== null ? Reflect.get(tool, "name") : tool;
  if (typeof name === "string") return name;
  return typeof toolName === "string" ? toolName : "tool";
}

const errorOf = (error: unknown, otherwise: string): Error =>
  error instanceof Error ? error : new Error(reasonIn(error, otherwise));
