import { asError } from "../../journal/disk/journal-error.ts";
import type { LaneSealing } from "./seal-journal.ts";

export interface SealerOptions {
  /** Seals every lane, what a dead process has left as well; asked at the start. */
  readonly sealAll: () => Promise<readonly LaneSealing[]>;
  /** Seals what this process writes. */
  readonly sealOwn: () => Promise<LaneSealing>;
  /** Where the lane of this process ends: nothing is looked at while it stays the same. */
  readonly end: () => string;
  /** Asks for a look again and again, until what it returns is called. */
  readonly again: (look: () => void) => () => void;
  /** Looks also at a lane that stays as it is once so much time has gone by: witnesses say when they saw it last. Null: nobody says it. */
  readonly heartbeatMs: number | null;
  readonly clock: () => number;
  /** How long closing waits for the last seal. */
  readonly patienceMs: number;
}

/**
 * Seals again and again, beside whoever writes. Keeps no process alive. What fails is tried again the next time, and told as `failure` until
 * it works.
 */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #stop: () => void;
  #running: Promise<void> | null = null;
  #sealedEnd: string | null = null;
  #sealedAt = 0;
  #failure: Error | null = null;

  constructor(options: SealerOptions) {
    this.#options = options;
    this.#stop = options.again(() => this.#look());
    this.#running = this.#seal(options.sealAll);
  }

  /** Why the last sealing failed; null as soon as one succeeds. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Resolves when all is sealed, or patience has ended. Never rejects. */
  async close(): Promise<void> {
    this.#stop();
    await within(this.#options.patienceMs, this.#last());
  }

  async #last(): Promise<void> {
    await this.#running;
    if (!this.#isSealed) await this.#sealOwn();
  }

  #look(): void {
    if (this.#running || (this.#isSealed && !this.#isHeartbeatDue)) return;
    this.#running = this.#sealOwn();
  }

  get #isSealed(): boolean {
    return this.#options.end() === this.#sealedEnd;
  }

  get #isHeartbeatDue(): boolean {
    const { heartbeatMs, clock } = this.#options;
    return heartbeatMs !== null && Math.abs(clock() - this.#sealedAt) >= heartbeatMs;
  }

  #sealOwn(): Promise<void> {
    return this.#seal(async () => [await this.#options.sealOwn()]);
  }

  async #seal(seal: () => Promise<readonly LaneSealing[]>): Promise<void> {
    const end = this.#options.end();
    this.#sealedAt = this.#options.clock();
    try {
      const sealings = await seal();
      this.#failure = sealings.flatMap(failuresOf)[0] ?? null;
      const isDone = sealings.every(({ kind }) => kind === "sealed" || kind === "empty");
      if (isDone) this.#sealedEnd = end;
    } catch (error) {
      this.#failure = asError(error);
    } finally {
      this.#running = null;
    }
  }
}

function failuresOf(sealing: LaneSealing): readonly Error[] {
  if (sealing.kind === "failed") return [sealing.error];
  return sealing.kind === "sealed" ? sealing.unwitnessed : [];
}

async function within(ms: number, done: Promise<void>): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, ms).unref();
  await Promise.race([done, patience.promise]);
  clearTimeout(timer);
}
