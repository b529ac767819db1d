import type { TaskFacts } from "./native.ts";

/** What a run waits for, under names that stand for themselves in its session: a person for a task of it, or that somebody resumes all of it. */
export class Waits {
  readonly #people: Map<string, string> = new Map();
  #resume: string | null = null;

  forPerson({ id }: TaskFacts, at: number | null): string {
    const wait = `validation ${id} ${at ?? ""}`.trim();
    this.#people.set(id, wait);
    return wait;
  }

  /** Tasks that are paused together wait together. */
  forResume(at: number | null): string {
    this.#resume ??= `resume ${at ?? ""}`.trim();
    return this.#resume;
  }

  isAwaited(task: TaskFacts | null): boolean {
    return task !== null && this.#people.has(task.id);
  }

  /** The name that was waited under; null: for nothing. Resuming is told of no task. */
  answered(task: TaskFacts | null): string | null {
    const wait = task ? (this.#people.get(task.id) ?? null) : this.#resume;
    if (task) this.#people.delete(task.id);
    else this.#resume = null;
    return wait;
  }
}
