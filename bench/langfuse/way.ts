import type { Load } from "../peers.ts";
import type { Langfuse } from "./server.ts";

/** Where a way sends to, and what it may load. */
export interface Surroundings {
  readonly load: Load;
  readonly langfuse: Langfuse;
  /** An empty folder. */
  readonly scratch: string;
}
