/** Tells when so many messages have been handled. */
export class Handled {
  #left = 0;
  #done: () => void = () => {};

  expect(count: number): Promise<void> {
    this.#left = count;
    return new Promise((done) => {
      this.#done = done;
    });
  }

  one(): void {
    this.#left -= 1;
    if (this.#left === 0) this.#done();
  }
}

/** What an application does with a message is not what is measured. */
export const handler = async (): Promise<void> => {};
