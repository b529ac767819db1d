import {
  BoundedMap,
  type Key,
  type Link,
  type ScopeOptions,
  type WorkOptions,
  writeCarrier,
} from "@spoor/core";
import type { CrewWorkOptions, InKickoff, WithSpan } from "./crew-options.ts";

/** A crew may run for days. What was opened longest ago is forgotten here, and not in the record. */
const mostRemembered = 10_000;

/** One run of a crew: what its parts are called in the record, and which of them go by an id. */
export class CrewRun<Opened extends WithSpan & { readonly key: Key }> {
  readonly #key: Key;
  readonly #latest: BoundedMap<string, Opened> = new BoundedMap(mostRemembered);

  constructor(key: Key) {
    this.#key = key;
  }

  /** Options in the words of core. A task has the same id in every run, and its next attempt has it again: in a session each is one of its own. */
  keyed<Options extends ScopeOptions>({
    id,
    causedBy,
    after,
    ...options
  }: Partial<InKickoff<Options> & Pick<CrewWorkOptions, "after">>): Options {
    const { attempt = 1, links = [] } = options as WorkOptions;
    return {
      ...options,
      ...(id === undefined ? {} : { key: this.keyOf(id, attempt) }),
      ...(causedBy ? { causedBy: this.#cause(causedBy) } : {}),
      ...(after ? { links: [...links, ...this.#linksTo(after)] } : {}),
    } as unknown as Options;
  }

  keyOf(id: string, attempt: number = 1): Key {
    return JSON.stringify(attempt > 1 ? [this.#key, id, attempt] : [this.#key, id]);
  }

  #cause(causedBy: { readonly key: Key } | string): Key {
    if (typeof causedBy !== "string") return causedBy.key;
    return this.find(causedBy)?.key ?? this.keyOf(causedBy);
  }

  /** What nobody has opened cannot be linked to. */
  #linksTo(after: readonly (WithSpan | string | null)[]): readonly Link[] {
    return after.flatMap((one): readonly Link[] => {
      const context = (typeof one === "string" ? this.find(one) : one)?.context;
      return context ? [{ kind: "cause", carrier: writeCarrier(context) }] : [];
    });
  }

  opened(id: string, scope: Opened): void {
    this.#latest.delete(id);
    this.#latest.set(id, scope);
  }

  /** The latest that was opened under an id, also when it has ended: what comes late belongs there all the same. */
  find(id: string): Opened | null {
    return this.#latest.get(id) ?? null;
  }
}
