import type { Place } from "../../page-data.ts";
import type { SessionModel } from "../model/session-model.ts";
import type { Colours } from "./colours.ts";
import type { TimelineLayout } from "./layout.ts";
import type { Sight } from "./sight.ts";
import type { Track } from "./track.ts";

export const rowHeight = 20;
export const rulerHeight = 22;
export const trackHeight = 46;
/** What stays where it is when the lanes are scrolled. */
export const topHeight: number = rulerHeight + trackHeight + 10;

/** All that a picture of the timeline follows from. */
export interface Scene {
  readonly model: SessionModel;
  readonly layout: TimelineLayout;
  readonly track: Track;
  readonly sight: Sight;
  readonly width: number;
  readonly height: number;
  /** How far it is scrolled down. */
  readonly top: number;
  readonly selected: Place | null;
  readonly found: ReadonlySet<Place>;
  readonly colours: Colours;
}

export const xOf = ({ sight, width }: Scene, at: number): number =>
  ((at - sight.from) / (sight.to - sight.from)) * width;

export const yOf = ({ top }: Scene, row: number): number => topHeight + row * rowHeight - top;
