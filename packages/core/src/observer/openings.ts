import type { Carrier } from "../vocabulary/carrier.ts";
import type { DraftOf, Key, OpeningDraft, WorkKind } from "../vocabulary/event.ts";
import { asJson } from "./recordable.ts";
import type { ScopeOptions, WorkOptions } from "./scope-options.ts";

/** Where something begins: under a scope, or under what a carrier leads to. */
export interface OpeningPlace {
  readonly session: string;
  readonly parent: Key | Carrier;
  readonly newKey: () => Key;
}

/** What the opening of any work says, whatever it is. */
export function openingAt(
  { session, parent, newKey }: OpeningPlace,
  { key, input, agent, causedBy, attempt, at, native }: ScopeOptions,
): Omit<OpeningDraft, "type" | "name" | "kind"> {
  return {
    session,
    source: "api",
    key: key ?? newKey(),
    parent,
    ...(input === undefined ? {} : { input: asJson(input) }),
    ...(agent === undefined ? {} : { agent }),
    ...(causedBy === undefined
      ? {}
      : { causedBy: typeof causedBy === "string" ? causedBy : causedBy.key }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(at === undefined ? {} : { at }),
    ...(native === undefined ? {} : { native: asJson(native) }),
  };
}

export function workAt(
  place: OpeningPlace,
  kind: WorkKind,
  name: string,
  options: WorkOptions,
): DraftOf<"work.started"> {
  const { expected, links } = options;
  return {
    type: "work.started",
    kind,
    name,
    ...openingAt(place, options),
    ...(expected === undefined ? {} : { expected: asJson(expected) }),
    ...(links === undefined ? {} : { links }),
  };
}
