import type { JsonValue } from "@spoor/core";
import type { NeutralMessage } from "./message.ts";

/** As many as a long thread has: 700 messages of 4 kB are less. */
const mostCharacters = 4_000_000;

/** The newest messages, by name, as far as they are small enough together. Forgetting one costs time and tells no lie. */
export class KnownMessages {
  readonly #messages: Map<string, NeutralMessage> = new Map();
  #characters = 0;
  /** Stands before the oldest entry: a new iterator each time would walk over all that was deleted before it. */
  readonly #oldest: MapIterator<string> = this.#messages.keys();

  get(name: string): NeutralMessage | undefined {
    return this.#messages.get(name);
  }

  /** A message that says something else now keeps its place in the line. */
  set(name: string, message: NeutralMessage): void {
    this.#characters += charactersIn(message) - this.#charactersOf(name);
    this.#messages.set(name, message);
    while (this.#characters > mostCharacters) {
      const { value: oldest } = this.#oldest.next();
      if (oldest === undefined) break;
      this.#characters -= this.#charactersOf(oldest);
      this.#messages.delete(oldest);
    }
  }

  #charactersOf(name: string): number {
    const message = this.#messages.get(name);
    return message === undefined ? 0 : charactersIn(message);
  }
}

/** About: of values that are no text, a few. */
function charactersIn(value: JsonValue): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 4;
  return Object.values(value).reduce<number>((sum, part) => sum + charactersIn(part), 8);
}
