import type { JsonValue } from "@spoor/core";
import type { CrewRecorder } from "../recorder/crew-recorder.ts";
import type { CrewScope } from "../recorder/crew-scope.ts";
import type { TaskFacts, TeamLog } from "./native.ts";
import { reasonIn } from "./said.ts";
import { momentOf, TaskAttempt } from "./task-attempt.ts";

/** What is known of a team when it begins. */
export interface TeamFacts {
  readonly name: string;
  readonly session: string;
  readonly inputs: JsonValue | undefined;
}

/** One run of a team, from its start to its end: a turn, with one activation for each time that it goes on after somebody was asked or it was paused. */
export class TeamRun {
  readonly #crews: CrewRecorder;
  readonly #team: TeamFacts;
  readonly #attempts: Map<string, TaskAttempt> = new Map();
  readonly #counts: Map<string, number> = new Map();
  #crew: CrewScope | null = null;
  /** The name that it waits under. */
  #waits: string | null = null;

  constructor(crews: CrewRecorder, team: TeamFacts) {
    this.#crews = crews;
    this.#team = team;
  }

  tell(log: TeamLog): void {
    if (log.about === "workflow") this.#tellWorkflow(log);
    else if (log.task === null) return;
    else if (log.about === "task") this.#tellTask(log, log.task);
    else if (log.about === "agent") this.#attempts.get(log.task.id)?.tell(log);
    else this.#attempts.get(log.task.id)?.tellStep(log);
  }

  #tellWorkflow({ status, metadata, at }: TeamLog): void {
    const moment = momentOf(at);
    switch (status) {
      case "RUNNING":
      case "RESUMED":
        this.#goOn(at, metadata);
        break;
      case "FINISHED":
        this.#crew?.end(metadata["result"] as JsonValue, moment);
        break;
      case "BLOCKED":
        // It waits for a person, whom the task has asked, or it failed: the library has one word for both.
        if (this.#waits === null) this.#crew?.fail(new Error(reasonIn(metadata["error"])), moment);
        break;
      case "ERRORED":
        this.#crew?.fail(new Error(reasonIn(metadata["error"], "the team failed")), moment);
        break;
      case "STOPPED":
        for (const attempt of this.#attempts.values()) attempt.cancel("stopped", moment);
        this.#crew?.cancel("stopped", moment);
        break;
      default:
        break;
    }
  }

  #tellTask(log: TeamLog, task: TaskFacts): void {
    const { status, metadata, at } = log;
    const moment = momentOf(at);
    const attempt = this.#attempts.get(task.id);
    switch (status) {
      case "DOING":
        this.#begin(log, task);
        break;
      case "DONE":
        (attempt ?? this.#begin(log, task)).done(metadata["result"], moment);
        this.#attempts.delete(task.id);
        break;
      case "AWAITING_VALIDATION":
        this.#waits = `validation ${task.id}`;
        attempt?.await(this.#waits, metadata["result"], moment);
        this.#attempts.delete(task.id);
        break;
      case "PAUSED":
        this.#waits = `pause ${task.id}`;
        attempt?.pause(this.#waits, moment);
        this.#crew?.suspend(moment);
        break;
      case "BLOCKED":
        attempt?.blocked(metadata["error"], moment);
        break;
      case "ABORTED":
        attempt?.cancel("aborted", moment);
        break;
      default:
        break;
    }
  }

  #begin(log: TeamLog, task: TaskFacts): TaskAttempt {
    const count = (this.#counts.get(task.id) ?? 0) + 1;
    this.#counts.set(task.id, count);
    const attempt = new TaskAttempt(this.#crew ?? this.#kickoff(log.at), task, log, count);
    this.#attempts.set(task.id, attempt);
    return attempt;
  }

  /** It starts, or goes on: with what a person said, or because they had nothing to say against it. */
  #goOn(at: number | null, metadata: TeamLog["metadata"]): void {
    const wait = this.#waits;
    if (wait === null) {
      this.#crew ??= this.#kickoff(at);
      return;
    }
    this.#crew = this.#kickoff(at, wait);
    this.#crew.humanAnswered(wait, answerIn(metadata, wait), momentOf(at));
    this.#waits = null;
  }

  #kickoff(at: number | null, resumes?: string): CrewScope {
    const { name, session, inputs } = this.#team;
    this.#crew = this.#crews.kickoff(name, {
      session,
      under: null,
      ...momentOf(at),
      ...(resumes === undefined ? {} : { resumes }),
      ...(resumes !== undefined || inputs === undefined ? {} : { input: inputs }),
    });
    return this.#crew;
  }
}

function answerIn({ feedback }: TeamLog["metadata"], wait: string): JsonValue {
  const content: unknown =
    typeof feedback === "object" && feedback !== null ? Reflect.get(feedback, "content") : null;
  if (typeof content === "string") return content;
  return wait.startsWith("validation") ? "validated" : "resumed";
}
