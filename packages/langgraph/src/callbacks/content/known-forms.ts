import type { JsonValue } from "@spoor/core";
import { charactersIn } from "./characters.ts";

/** As many as a long thread has: 700 messages of 4 kB are less. */
const mostCharacters = 4_000_000;

/** The newest values, by name, as far as they are small enough together. Forgetting one costs time or room and tells no lie. */
export class KnownForms<Form extends JsonValue> {
  readonly #forms: Map<string, Form> = new Map();
  #characters = 0;
  /**
   * Stands before the oldest entry: a new iterator each time would walk over all that was deleted before it. There is none before it is needed,
   * because one that is not moved on keeps every table that the map has outgrown since.
   */
  #oldest: MapIterator<string> | null = null;

  get(name: string): Form | undefined {
    return this.#forms.get(name);
  }

  /** One that says something else now keeps its place in the line. */
  set(name: string, form: Form): void {
    this.#characters += charactersIn(form) - this.#charactersOf(name);
    this.#forms.set(name, form);
    while (this.#characters > mostCharacters) {
      this.#oldest ??= this.#forms.keys();
      const { value: oldest } = this.#oldest.next();
      if (oldest === undefined) break;
      this.#characters -= this.#charactersOf(oldest);
      this.#forms.delete(oldest);
    }
  }

  #charactersOf(name: string): number {
    const form = this.#forms.get(name);
    return form === undefined ? 0 : charactersIn(form);
  }
}
