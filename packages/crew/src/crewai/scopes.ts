import { BoundedMap, type Key } from "@spoor/core";
import type { Family } from "./families.ts";

/** A scope that was seen to begin, by the id of the event that began it. */
export interface Scope {
  readonly id: string;
  readonly family: Family;
  readonly session: string;
  /** The scope around it. */
  readonly parent: string | undefined;
  /** Its span. Null: it has none, or nothing hangs on that. */
  readonly span: Key | null;
  /** It is what was kicked off, so its turn ends with it. */
  readonly isRoot: boolean;
  /** The event that has ended it. */
  endedBy: string | undefined;
  /** What something in it failed with last. */
  failure: string | undefined;
}

/** What is around what, as far as it has been told. Events overtake each other on their way, so a scope may be named before it is seen. */
export class Scopes {
  /** Far more than are ever open at once. What is forgotten here is found by its own id all the same, as long as it has a span. */
  readonly #known: BoundedMap<string, Scope> = new BoundedMap(20_000);
  readonly #named: BoundedMap<string, true> = new BoundedMap(20_000);

  /** True: somebody has named it before it was seen, as if it had a span. */
  open(scope: Scope): boolean {
    const wasNamed = this.#named.has(scope.id);
    this.#known.set(scope.id, scope);
    this.#named.delete(scope.id);
    return wasNamed;
  }

  /** The place that a scope is to lie in. Undefined where it says none, or one that lies in the scope itself: nobody can tell then. */
  placeFor(id: string, place: string | undefined): string | undefined {
    return place !== undefined && this.isWithin(place, id) ? undefined : place;
  }

  find(id: string | null | undefined): Scope | undefined {
    return id === null || id === undefined ? undefined : this.#known.get(id);
  }

  /** The span that things in this scope hang on: the nearest, from there outwards. A scope that nobody has seen yet may be one. */
  spanIn(id: string): Key {
    for (let at = id; ;) {
      const scope = this.#known.get(at);
      if (scope?.span) return scope.span;
      if (scope?.parent === undefined) {
        this.#named.set(at, true);
        return at;
      }
      at = scope.parent;
    }
  }

  /** The nearest scope of a family, from this one outwards. */
  nearest(id: string, family: Family): Scope | undefined {
    for (let scope = this.find(id); scope; scope = this.find(scope.parent))
      if (scope.family === family) return scope;
    return undefined;
  }

  /** Whether one lies in the other, or is it. */
  isWithin(id: string, outer: string): boolean {
    for (let at: string | undefined = id; at !== undefined; at = this.find(at)?.parent)
      if (at === outer) return true;
    return false;
  }

  /** Tells all around it, in case they fail with the same words. */
  fail(scope: Scope, error: string): void {
    for (let at = this.find(scope.parent); at; at = this.find(at.parent)) at.failure = error;
  }
}
