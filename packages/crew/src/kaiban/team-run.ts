import { isRecord, type JsonValue } from "@spoor/core";
import type { CrewRecorder } from "../recorder/crew-recorder.ts";
import type { CrewScope } from "../recorder/crew-scope.ts";
import { Asked } from "./asked.ts";
import type { TaskFacts, TeamLog } from "./native.ts";
import { errorIn, momentOf } from "./said.ts";
import { TaskAttempt } from "./task-attempt.ts";
import { Waits } from "./waits.ts";

/** What is known of a team when it begins. */
export interface TeamFacts {
  readonly name: string;
  readonly session: string;
  readonly inputs: JsonValue | undefined;
  /** Of all its runs, by the id of the task. */
  readonly asked: Map<string, Asked>;
}

/** One run of a team, from its start to its end: a turn, with one activation for each time that it goes on after somebody was asked or it was paused. */
export class TeamRun {
  readonly #crews: CrewRecorder;
  readonly #team: TeamFacts;
  readonly #attempts: Map<string, TaskAttempt> = new Map();
  /** How often a person has sent a task back. */
  readonly #revisions: Map<string, number> = new Map();
  /** By the name that other tasks depend on it by. */
  readonly #done: Map<string, CrewScope> = new Map();
  readonly #waits: Waits = new Waits();
  /** Null: it has not begun, or has ended. */
  #crew: CrewScope | null = null;
  /** What it fails with, if it does: the error of the task that failed. */
  #trouble: object | null = null;

  constructor(crews: CrewRecorder, team: TeamFacts) {
    this.#crews = crews;
    this.#team = team;
  }

  tell(log: TeamLog): void {
    const { about, task } = log;
    if (about === "workflow") this.#tellWorkflow(log);
    else if (task === null) return;
    else if (about === "task") this.#tellTask(log, task);
    else if (about === "step") this.#attempts.get(task.id)?.tellStep(log);
    else this.#tellAgent(log, task);
  }

  #tellWorkflow(log: TeamLog): void {
    const { status, metadata, at } = log;
    const moment = momentOf(at);
    switch (status) {
      case "RUNNING":
      case "RESUMED":
        this.#goOn(log);
        break;
      case "FINISHED":
        this.#ended()?.end(metadata["result"] as JsonValue, moment);
        break;
      case "BLOCKED":
        // It waits for a person, whom the task has asked, or it failed: the library has one word for both.
        if (!this.#waits.isAwaited(log.task)) this.#fail(log, "the team was blocked");
        break;
      case "ERRORED":
        this.#fail(log, "the team failed");
        break;
      case "STOPPED":
        for (const attempt of this.#attempts.values()) attempt.cancel("stopped", moment);
        this.#ended()?.cancel("stopped", moment);
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
        this.#begin(log, task).begin(log);
        break;
      case "REVISE":
        this.#revisions.set(task.id, (this.#revisions.get(task.id) ?? 0) + 1);
        break;
      case "DONE":
        (attempt ?? this.#begin(log, task)).done(metadata["result"], moment);
        this.#attempts.delete(task.id);
        break;
      case "AWAITING_VALIDATION":
        attempt?.await(this.#waits.forPerson(task, at), metadata["result"], moment);
        this.#attempts.delete(task.id);
        break;
      case "PAUSED":
        attempt?.pause(this.#waits.forResume(at), moment);
        break;
      case "BLOCKED":
        this.#trouble = attempt?.fail(metadata["error"], moment) ?? this.#trouble;
        break;
      case "ABORTED":
        attempt?.cancel("aborted", moment);
        break;
      default:
        break;
    }
  }

  /** A call may answer after all that waited for it has gone. */
  #tellAgent(log: TeamLog, task: TaskFacts): void {
    const attempt = this.#attempts.get(task.id);
    if (attempt) attempt.tell(log);
    else if (log.status === "THINKING_END") this.#askedFor(task).endCall(log);
  }

  #begin({ at }: TeamLog, task: TaskFacts): TaskAttempt {
    const attempt = 1 + (this.#revisions.get(task.id) ?? 0);
    const crew = this.#crew ?? this.#kickoff({ ...momentOf(at), input: this.#team.inputs });
    const scope = crew.task(task.name, {
      id: task.id,
      ...(attempt > 1 ? { attempt } : {}),
      ...(task.description === null ? {} : { input: task.description }),
      ...(task.expected === null ? {} : { expected: task.expected }),
      after: task.dependencies.flatMap((name) => this.#done.get(name) ?? []),
      ...momentOf(at),
    });
    const begun = new TaskAttempt(scope, this.#askedFor(task));
    this.#attempts.set(task.id, begun);
    if (task.reference !== null) this.#done.set(task.reference, scope);
    return begun;
  }

  #askedFor({ id }: TaskFacts): Asked {
    const { asked } = this.#team;
    const known = asked.get(id) ?? new Asked();
    asked.set(id, known);
    return known;
  }

  /** It starts, or goes on: where it waited, with what a person said, or because they had nothing to say against it. Where it had ended, that is a turn of its own. */
  #goOn(log: TeamLog): void {
    const moment = momentOf(log.at);
    const answer = feedbackIn(log) ?? (log.status === "RESUMED" ? "resumed" : "validated");
    const resumes = this.#waits.answered(log.task);
    if (resumes !== null)
      this.#kickoff({ ...moment, resumes }).humanAnswered(resumes, answer, moment);
    else this.#crew ??= this.#kickoff({ ...moment, input: feedbackIn(log) ?? this.#team.inputs });
  }

  #kickoff({
    input,
    ...options
  }: {
    readonly input?: JsonValue | undefined;
    readonly resumes?: string;
  }): CrewScope {
    const { name, session } = this.#team;
    this.#crew = this.#crews.kickoff(name, {
      session,
      under: null,
      ...options,
      ...(input === undefined ? {} : { input }),
    });
    return this.#crew;
  }

  #fail({ metadata, at }: TeamLog, otherwise: string): void {
    this.#ended()?.fail(this.#trouble ?? errorIn(metadata["error"], otherwise), momentOf(at));
    this.#trouble = null;
  }

  #ended(): CrewScope | null {
    const crew = this.#crew;
    this.#crew = null;
    return crew;
  }
}

function feedbackIn({ metadata: { feedback } }: TeamLog): string | null {
  const content: unknown = isRecord(feedback) ? feedback["content"] : null;
  return typeof content === "string" ? content : null;
}
