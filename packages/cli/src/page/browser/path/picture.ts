import type { PathEdge, PathGraph, PathNode } from "@spoor/core/report/text";
import type { NodeText } from "./node-text.ts";
import type { Point } from "./placing.ts";

/** Everything that is to be drawn, and where. */
export interface Picture {
  /** Those that lie in others come after them. */
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly captions: readonly Caption[];
  readonly width: number;
  readonly height: number;
}

/** A node; its place is that of its upper left corner. */
export interface Box extends Point {
  readonly node: PathNode;
  readonly text: NodeText;
  readonly width: number;
  readonly height: number;
  /** Its part of what its graph came to; null: unknown. */
  readonly share: number | null;
}

export interface Line {
  readonly edge: PathEdge;
  readonly points: readonly Point[];
}

/** What a graph is called; its place is above the middle of it. */
export interface Caption extends Point {
  readonly text: NodeText;
  readonly status: PathGraph["status"];
}

/** How wide a text is. */
export type Measure = (text: string, style: "name" | "figures") => number;
