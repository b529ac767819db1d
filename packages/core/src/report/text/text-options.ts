import type { TreeOptions } from "../tree.ts";
import type { Room } from "./wrap.ts";

export interface TextOptions extends TreeOptions {
  /** Lines that one text may take. Default: as many as it needs. */
  readonly lines?: number;
}

export const roomIn = ({ width = Infinity, lines = Infinity }: TextOptions): Room => ({
  columns: width,
  lines,
});
