import type { Place } from "../page-data.ts";
import type { Selection } from "./model/selection.ts";

export const viewNames = [
  "tree",
  "timeline",
  "path",
  "turns",
  "context",
  "errors",
  "findings",
] as const;
export type ViewName = (typeof viewNames)[number];

/** `time`: as the clock went. `working`: without the time in which nothing ran. `order`: one thing after another, where nobody told the time. */
export const axisNames = ["time", "working", "order"] as const;
export type AxisName = (typeof axisNames)[number];

/** All that can change on the page. */
export interface State {
  readonly view: ViewName;
  readonly selection: Selection;
  /** A row of the context view, which the detail is about as long as that view is shown. */
  readonly contextRow: number | null;
  readonly compared: boolean;
  readonly open: ReadonlySet<string>;
  readonly query: string;
  readonly found: readonly Place[];
  readonly axis: AxisName;
  readonly helpShown: boolean;
}
