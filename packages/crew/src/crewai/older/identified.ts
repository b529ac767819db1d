import type { CrewEvent } from "../native.ts";

/** An event with an id, its own or one that it was given. */
export type Identified = CrewEvent & {
  readonly id: string;
  /** Names that its scope was given by those in it which came before it. */
  readonly also?: readonly string[];
};
