import type { Arrival, Destination, Words } from "./destination.ts";
import type { Item } from "./example.ts";

/** How a test reads text that was written. */
export interface TextOptions {
  readonly idsIn: (text: string) => readonly string[];
  readonly idOf?: (item: Item) => string | null;
  readonly problemsIn?: (text: string) => readonly string[];
  readonly repeats?: boolean;
  readonly words?: Words;
  /** What the text is, such as `application/x-ndjson`. Default: nobody says. */
  readonly contentType?: string;
}

type Reading = Omit<Destination<never>, "open" | "laws">;

const textOf = ({ bytes }: Arrival): string => String(bytes);

/** The part of a destination that only looks at text. */
export function readAsText(options: TextOptions): Reading {
  const { idsIn, problemsIn, idOf, repeats, words } = options;
  return {
    idsIn: (arrival) => idsIn(textOf(arrival)),
    ...(problemsIn ? { problemsIn: (arrival) => problemsIn(textOf(arrival)) } : {}),
    ...(idOf ? { idOf } : {}),
    ...(words ? { words } : {}),
    ...(repeats === undefined ? {} : { repeats }),
  };
}
