import type { ContentReader } from "../../journal/content.ts";

/** `latest`: the commit that `conventions.ts` names. The others: the last releases of before the conventions moved, by what their readers look for. */
export const dialects = ["latest", "1.41", "1.36"] as const;
export type Dialect = (typeof dialects)[number];

/**
 * How much of a model call's context goes out with it. `full`: all of it, each time. `delta`: what was added since the call that it goes on from.
 * `auto`: all of it while it is small.
 */
export const contextModes = ["auto", "full", "delta"] as const;
export type ContextMode = (typeof contextModes)[number];

/** Products that read names of their own beside those of the conventions. */
export const overlayNames = ["openinference", "langfuse", "langsmith", "braintrust"] as const;
export type OverlayName = (typeof overlayNames)[number];

/** How spans are said, besides what they are. */
export interface EncodingOptions {
  /** Whose names. Default: `latest`. */
  readonly dialect?: Dialect;
  /** What is said a second time under other names; nothing is replaced. Default: none. */
  readonly overlays?: readonly OverlayName[];
  /** Default: `auto`. */
  readonly contextMode?: ContextMode;
  /** What is longer is shortened, says so, and stays the JSON that it was. At least 256. Default: nothing is. */
  readonly maxAttributeBytes?: number;
}

export interface Encoding extends EncodingOptions {
  /** Null: no content goes out. */
  readonly content: ContentReader | null;
}

const fewestBytes = 256;

/** The encoding's part of an exporter's options. Throws, naming what to do, for what is none of the above. */
export function checkedEncoding(options: EncodingOptions): EncodingOptions {
  const { dialect, overlays, contextMode, maxAttributeBytes } = options;
  oneOf("dialect", dialect, dialects);
  oneOf("contextMode", contextMode, contextModes);
  for (const overlay of overlays ?? []) oneOf("overlays", overlay, overlayNames);
  if (maxAttributeBytes !== undefined && !(maxAttributeBytes >= fewestBytes))
    throw new TypeError(
      `expected maxAttributeBytes to be ${fewestBytes} or more, received ${maxAttributeBytes}`,
    );
  return {
    ...(dialect === undefined ? {} : { dialect }),
    ...(overlays === undefined ? {} : { overlays }),
    ...(contextMode === undefined ? {} : { contextMode }),
    ...(maxAttributeBytes === undefined ? {} : { maxAttributeBytes }),
  };
}

function oneOf(name: string, given: string | undefined, known: readonly string[]): void {
  if (given !== undefined && !known.includes(given))
    throw new TypeError(`expected ${name} to be ${known.join(", ")}, received "${given}"`);
}
