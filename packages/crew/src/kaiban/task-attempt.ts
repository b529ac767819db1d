import type { EndOptions, JsonValue } from "@spoor/core";
import type { CrewScope } from "../recorder/crew-scope.ts";
import type { Asked } from "./asked.ts";
import type { TeamLog } from "./native.ts";
import { errorIn, momentOf } from "./said.ts";

/** One attempt at a task, or what goes on of it after a wait: its agent at work, and why it will fail if it does. */
export class TaskAttempt {
  readonly task: CrewScope;
  readonly #asked: Asked;
  readonly #steps: Map<string, CrewScope> = new Map();
  #agent: CrewScope | null = null;
  #trouble: object | null = null;

  constructor(task: CrewScope, asked: Asked) {
    this.task = task;
    this.#asked = asked;
  }

  /** What its agent does. A word that is not here (an iteration, a thought) says nothing that calls and tools do not say. */
  tell(log: TeamLog): void {
    const { status, metadata, at } = log;
    const moment = momentOf(at);
    switch (status) {
      case "THINKING":
        this.#asked.beginCall(this.#atWork(log), log.agent, log);
        break;
      case "THINKING_END":
        this.#asked.endCall(log);
        break;
      case "THINKING_ERROR":
        this.#trouble = errorIn(metadata["error"], "the call of the model failed");
        this.#asked.failCall(this.#trouble, moment);
        break;
      case "USING_TOOL":
        this.#asked.beginTool(this.#atWork(log), log);
        break;
      case "USING_TOOL_END":
        this.#asked.endTool(log);
        break;
      case "USING_TOOL_ERROR":
        this.#asked.failTool(this.#atWork(log), log);
        break;
      case "PAUSED":
      case "TASK_ABORTED":
        this.#asked.giveUp(status.toLowerCase(), moment);
        break;
      case "MAX_ITERATIONS_ERROR":
        this.#trouble = errorIn(metadata["error"], "the agent has reached its limit of iterations");
        this.#noteLimit(log);
        break;
      case "AGENTIC_LOOP_ERROR":
        this.#trouble = errorIn(metadata["error"], "the agent failed");
        break;
      case "DECIDED_TO_BLOCK_TASK":
        this.#noteBlock(log);
        break;
      default:
        this.#asked.goOn();
    }
  }

  /** Stages of an agent that is a workflow itself. */
  tellStep(log: TeamLog): void {
    const { status, metadata, at } = log;
    const id = metadata["stepId"];
    if (typeof id !== "string") return;
    const moment = momentOf(at);
    const step = this.#steps.get(id);
    if (status === "STEP_STARTED") this.#steps.set(id, this.#atWork(log).step(id, moment));
    else if (status === "STEP_COMPLETED") step?.end(metadata["stepOutput"] as JsonValue, moment);
    else if (status === "STEP_FAILED")
      step?.fail(errorIn(metadata["error"], "step failed"), moment);
    else if (status === "STEP_SUSPENDED") step?.suspend(moment);
  }

  /** Its agent begins. A task that a person has let through has none any more. */
  begin(log: TeamLog): void {
    this.#atWork(log);
  }

  done(result: unknown, ending: EndOptions): void {
    this.#asked.goOn();
    this.#agent?.end(result as JsonValue, ending);
    this.task.end(result as JsonValue, ending);
  }

  /** A person has to look at what it gave. */
  await(wait: string, result: unknown, ending: EndOptions): void {
    this.#asked.goOn();
    this.#agent?.end(result as JsonValue, ending);
    this.task.askHuman(wait, result as JsonValue, ending);
    this.task.suspend(ending);
  }

  pause(wait: string, ending: EndOptions): void {
    this.#asked.giveUp("paused", ending);
    this.task.askHuman(wait, "paused", ending);
    this.#agent?.suspend(ending);
    this.task.suspend(ending);
  }

  /** Gives what it failed with: the first error, which all above it fail with too. */
  fail(said: unknown, ending: EndOptions): object {
    const error = this.#trouble ?? errorIn(said, "the task was blocked");
    this.#agent?.fail(error, ending);
    this.task.fail(error, ending);
    return error;
  }

  cancel(reason: string, ending: EndOptions): void {
    this.#asked.giveUp(reason, ending);
    this.#agent?.cancel(reason, ending);
    this.task.cancel(reason, ending);
  }

  #atWork({ agent, at }: TeamLog): CrewScope {
    this.#agent ??= this.task.agent(agent?.name ?? "agent", {
      ...momentOf(at),
      ...(agent?.role ? { native: { role: agent.role } } : {}),
    });
    return this.#agent;
  }

  #noteBlock({ metadata, at }: TeamLog): void {
    this.#asked.goOn();
    const reason = metadata["blockReason"];
    this.#trouble = errorIn(reason, "the agent blocked its task");
    this.#agent?.scope.note("decision.made", {
      ...momentOf(at),
      kind: "block",
      choice: "blocked",
      ...(typeof reason === "string" ? { why: reason } : {}),
    });
  }

  #noteLimit({ metadata: { maxAgentIterations }, at }: TeamLog): void {
    if (typeof maxAgentIterations === "number")
      this.#agent?.scope.note("limit.reached", {
        ...momentOf(at),
        limit: "iterations",
        value: maxAgentIterations,
      });
  }
}
