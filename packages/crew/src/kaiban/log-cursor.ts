/**
 * How far a team's log was read. Its store tells of changes while others are being told of, and not in their order: so each line is taken from the list as it is
 * now, once, and that it is still the same list is seen by the last line that was read.
 */
export class LogCursor {
  #read = 0;
  #last: unknown = null;

  /** Lines that were not read yet. `again`: the list was begun anew, so a new run of the team has. */
  next(lines: readonly unknown[]): { readonly lines: readonly unknown[]; readonly again: boolean } {
    const again = this.#read > 0 && lines[this.#read - 1] !== this.#last;
    const unread = lines.slice(again ? 0 : this.#read);
    this.#read = lines.length;
    this.#last = lines.at(-1) ?? null;
    return { lines: unread, again };
  }
}
