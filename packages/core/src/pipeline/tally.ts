import type { DeliveryReport, Drop } from "./delivery-report.ts";
import type { ExportFailure } from "./export-failure.ts";

const mostDropsTold = 10;

type Figures = Omit<DeliveryReport, "failure" | "cursorFailure" | "late" | "unread" | "missed">;

/** What became of what an outbox was given: the figures that add up. */
export class Tally {
  #accepted = 0;
  #delivered = 0;
  #filtered = 0;
  #dropped = 0;
  #maybeDuplicate = 0;
  #drops: readonly Drop[] = [];

  accept(isFiltered: boolean): void {
    this.#accepted += 1;
    if (isFiltered) this.#filtered += 1;
  }

  deliver(count: number): void {
    this.#delivered += count;
  }

  /** Some of them, as the exporter says, else all. */
  drop(ids: readonly string[], count: number, { message, rejected }: ExportFailure): void {
    const dropped = howMany(rejected, count);
    this.#dropped += dropped;
    this.#delivered += count - dropped;
    this.#drops = [...this.#drops, { ids, reason: message }].slice(-mostDropsTold);
  }

  sendAgain(count: number): void {
    this.#maybeDuplicate += count;
  }

  figures(): Figures {
    return {
      accepted: this.#accepted,
      delivered: this.#delivered,
      filtered: this.#filtered,
      dropped: this.#dropped,
      pending: this.#accepted - this.#delivered - this.#filtered - this.#dropped,
      maybeDuplicate: this.#maybeDuplicate,
      drops: this.#drops,
    };
  }
}

/** Of a batch, as an exporter says; all of it where what it says is no number. */
function howMany(rejected: number | null, most: number): number {
  if (rejected === null || Number.isNaN(rejected)) return most;
  return Math.min(Math.max(0, Math.ceil(rejected)), most);
}
