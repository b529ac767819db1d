import { Attempts } from "./attempts.ts";
import { type LaneSealing, isDone } from "./seal-journal.ts";
import type { Slices } from "./slices.ts";

export interface SealerOptions {
  /** Seals what this process writes. */
  readonly sealOwn: () => Promise<LaneSealing>;
  /** Seals the other lanes, as far as they are not; asked at the start, and until nothing is left. */
  readonly sealOthers: () => Promise<readonly LaneSealing[]>;
  /** Into which both cut their work. */
  readonly slices: Slices;
  /** Where the lane of this process ends: nothing is looked at while it stays the same. */
  readonly end: () => string;
  /** Asks for a look again and again, until what it returns is called. */
  readonly again: (look: () => void) => () => void;
  /** How often that is. */
  readonly everyMs: number;
  /** Looks also at a lane that stays as it is once so much time has gone by: witnesses say when they saw it last. Null: nobody says it. */
  readonly heartbeatMs: number | null;
  readonly clock: () => number;
}

/**
 * Seals again and again, beside whoever writes. Keeps no process alive. What fails is tried again, sooner at first than later, and told as `failure`
 * until it works.
 */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #own: Attempts;
  readonly #others: Attempts;
  readonly #stop: () => void;
  #sealedEnd: string | null = null;
  #sealedAt = 0;
  #areOthersSealed = false;

  constructor(options: SealerOptions) {
    const { sealOthers, everyMs: restMs, clock } = options;
    this.#options = options;
    this.#own = new Attempts({ seal: () => this.#sealOwn(), restMs, clock });
    this.#others = new Attempts({ seal: sealOthers, restMs, clock });
    this.#stop = options.again(() => this.#look());
    void this.#own.run();
    void this.#sealOthers();
  }

  /** Why the last sealing failed; null as soon as one succeeds. What this process writes goes before what others have left. */
  get failure(): Error | null {
    return this.#own.failure ?? this.#others.failure;
  }

  /** Seals what came last, and goes on afterwards. Resolves when that is done, or the time is up. Never rejects. */
  async sealLast(timeoutMs: number, keepsAlive: boolean): Promise<void> {
    await within(
      timeoutMs,
      keepsAlive,
      this.#options.slices.awaited(() => this.#sealRest()),
    );
  }

  /** Resolves when all is sealed, or the time is up; the rest is left to the next process. Never rejects. */
  async close(timeoutMs: number): Promise<void> {
    this.#stop();
    const all = async (): Promise<void> => {
      await Promise.all([this.#others.ended(), this.#sealRest()]);
    };
    await within(timeoutMs, true, this.#options.slices.awaited(all));
    this.#options.slices.end();
  }

  async #sealRest(): Promise<void> {
    await this.#own.ended();
    if (!this.#isSealed) await this.#own.run();
  }

  #look(): void {
    if (!this.#areOthersSealed && !this.#others.isResting) void this.#sealOthers();
    if (this.#own.isResting || (this.#isSealed && !this.#isHeartbeatDue)) return;
    void this.#own.run();
  }

  get #isSealed(): boolean {
    return this.#options.end() === this.#sealedEnd;
  }

  get #isHeartbeatDue(): boolean {
    const { heartbeatMs, clock } = this.#options;
    return heartbeatMs !== null && Math.abs(clock() - this.#sealedAt) >= heartbeatMs;
  }

  async #sealOwn(): Promise<readonly LaneSealing[]> {
    const end = this.#options.end();
    this.#sealedAt = this.#options.clock();
    const sealing = await this.#options.sealOwn();
    if (isDone(sealing)) this.#sealedEnd = end;
    return [sealing];
  }

  async #sealOthers(): Promise<void> {
    this.#areOthersSealed = await this.#others.run();
  }
}

async function within(ms: number, keepsAlive: boolean, done: Promise<void>): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, ms);
  if (!keepsAlive) timer.unref();
  await Promise.race([done, patience.promise]);
  clearTimeout(timer);
}
