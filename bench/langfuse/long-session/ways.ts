import type { MakeWay } from "./way.ts";

export type WayName = "no tracing" | "Spoor" | "@langfuse/langchain";

const none: MakeWay = () =>
  Promise.resolve({ callbacks: () => undefined, end: () => Promise.resolve() });

/** Loaded one by one: what one of them is made of is in the memory of none of the others. */
export const ways: Readonly<Record<WayName, () => Promise<MakeWay>>> = {
  "no tracing": () => Promise.resolve(none),
  Spoor: async () => (await import("./ways/spoor.ts")).spoor,
  "@langfuse/langchain": async () => (await import("./ways/langfuse.ts")).langfuse,
};
