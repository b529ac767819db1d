import { asError } from "../../journal/disk/journal-error.ts";
import { type LaneSealing, isDone } from "./seal-journal.ts";

export interface AttemptsOptions {
  readonly seal: () => Promise<readonly LaneSealing[]>;
  /** After one failure; each further one doubles it. */
  readonly restMs: number;
  readonly clock: () => number;
}

const longestRestMs = 60_000;

/** Sealing that is tried again: never twice at once, and less and less often while it fails, because each time costs all the work that is left. */
export class Attempts {
  readonly #options: AttemptsOptions;
  #running: Promise<boolean> | null = null;
  #failures = 0;
  #failedAt = 0;
  #failure: Error | null = null;

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** Why the last attempt failed, or what a witness had against it; null as soon as one succeeds. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** One is under way, or the last one failed not long ago. */
  get isResting(): boolean {
    const { restMs, clock } = this.#options;
    const longest = Math.max(restMs, longestRestMs);
    const rest = this.#failures === 0 ? 0 : Math.min(restMs * 2 ** (this.#failures - 1), longest);
    return this.#running !== null || Math.abs(clock() - this.#failedAt) < rest;
  }

  /** Resolves when nothing is under way. Never rejects. */
  async ended(): Promise<void> {
    await this.#running;
  }

  /** The attempt that is under way, else a new one. Resolves to whether nothing is left to do. Never rejects. */
  run(): Promise<boolean> {
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run(): Promise<boolean> {
    try {
      const sealings = await this.#options.seal();
      this.#told(sealings.flatMap(failuresOf));
      if (sealings.some(({ kind }) => kind === "failed")) this.#failed();
      else this.#failures = 0;
      return sealings.every(isDone);
    } catch (error) {
      this.#told([asError(error)]);
      this.#failed();
      return false;
    }
  }

  #told([failure = null]: readonly (Error | null)[]): void {
    this.#failure = failure;
  }

  #failed(): void {
    this.#failures += 1;
    this.#failedAt = this.#options.clock();
  }
}

function failuresOf(sealing: LaneSealing): readonly Error[] {
  if (sealing.kind === "failed") return [sealing.error];
  return sealing.kind === "sealed" ? sealing.unwitnessed : [];
}
