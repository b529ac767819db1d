interface Written {
  readonly entries: number;
  readonly values: number;
}

/**
 * What a writer has written and lost. Where the folder was removed in which it writes, what was written since it was last seen to be there went into
 * files that nobody finds.
 */
export class WriteAccount {
  #entries = 0;
  #lost = 0;
  #lostContent = 0;
  #unseen = { entries: 0, values: 0 };

  get entries(): number {
    return this.#entries;
  }

  get lost(): number {
    return this.#lost;
  }

  get lostContent(): number {
    return this.#lostContent;
  }

  entry(isWritten: boolean): void {
    if (!isWritten) {
      this.#lost += 1;
      return;
    }
    this.#entries += 1;
    this.#unseen.entries += 1;
  }

  value(isWritten: boolean): void {
    if (isWritten) this.#unseen.values += 1;
    else this.#lostContent += 1;
  }

  /** The folder is there. */
  seen(): void {
    this.#unseen = { entries: 0, values: 0 };
  }

  /** The folder is gone. */
  removed(): void {
    this.lose(this.#unseen);
    this.seen();
  }

  /** Of what was counted as written. */
  lose({ entries, values }: Written): void {
    this.#entries -= entries;
    this.#lost += entries;
    this.#lostContent += values;
  }
}
