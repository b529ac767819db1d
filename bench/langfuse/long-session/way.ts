import type { Surroundings } from "../way.ts";
import type { Callbacks } from "./app.ts";

export interface Way {
  readonly callbacks: Callbacks;
  /** As an application that ends. */
  end(): Promise<unknown>;
}

export interface Receivers extends Surroundings {
  /** The address of a collector that takes OTLP. */
  readonly collector: string;
}

export type MakeWay = (receivers: Receivers) => Promise<Way>;
