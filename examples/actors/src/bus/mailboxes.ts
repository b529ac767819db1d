import type { Bus, Receive } from "./bus.ts";

/** A bus in memory, for when no broker runs. Every process connects to it; each mailbox has one process that takes from it. */
export class Mailboxes {
  readonly #mailboxes: Map<string, Mailbox> = new Map();

  connect(): Bus {
    const taken: Mailbox[] = [];
    return {
      put: async (name, message) => this.#named(name).put(message),
      take: async (name, receive) => {
        this.#named(name).take(receive);
        taken.push(this.#named(name));
      },
      close: async () => {
        for (const mailbox of taken.splice(0)) mailbox.leave();
      },
    };
  }

  #named(name: string): Mailbox {
    const known = this.#mailboxes.get(name);
    if (known) return known;
    const mailbox = new Mailbox();
    this.#mailboxes.set(name, mailbox);
    return mailbox;
  }
}

interface Letter {
  readonly message: object;
  attempt: number;
}

class Mailbox {
  /** In the order they came. */
  readonly #letters: Set<Letter> = new Set();
  #receive: Receive | null = null;

  put(message: object): void {
    const letter = { message, attempt: 0 };
    this.#letters.add(letter);
    void this.#deliver(letter);
  }

  take(receive: Receive): void {
    this.#receive = receive;
    for (const letter of this.#letters) void this.#deliver(letter);
  }

  leave(): void {
    this.#receive = null;
  }

  /** A letter goes when whoever it was delivered to is done with it. What throws is not done with it, and it waits for the next one. */
  async #deliver(letter: Letter): Promise<void> {
    if (!this.#receive) return;
    letter.attempt += 1;
    const { message, attempt } = letter;
    try {
      await this.#receive({ message, attempt });
    } catch {
      return;
    }
    this.#letters.delete(letter);
  }
}
