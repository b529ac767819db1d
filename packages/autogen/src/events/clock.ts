import type { At } from "@spoor/core";
import { countOf, fieldsOf, timed } from "../messages/narrow.ts";
import type { LogLine } from "./native.ts";

/**
 * The time, as far as a log tells it. Lines have none of their own: where what wraps them has none either, it is when the provider says that it began
 * its answer, or whatever was told last, because what is written later was later.
 */
export class Clock {
  #last: number | undefined;

  hear(ms: number | undefined): void {
    if (ms !== undefined) this.#last = Math.max(this.#last ?? ms, ms);
  }

  at({ writtenAt, fields }: LogLine): { readonly at?: At } {
    const written = timed(writtenAt);
    if (written.at !== undefined) {
      this.hear(written.at.ms);
      return written;
    }
    const { created, created_at: createdAt } = fieldsOf(fields["response"]);
    const seconds = countOf(created);
    this.hear(seconds === undefined ? timed(createdAt).at?.ms : seconds * 1000);
    return this.#last === undefined ? {} : { at: { ms: this.#last, inferred: true } };
  }
}
