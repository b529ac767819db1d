import type { MakeWay } from "./way.ts";

export type WayName =
  | "no handler"
  | "awaited no-op"
  | "Spoor, the handler alone"
  | "Spoor, in memory, unredacted"
  | "Spoor, in memory"
  | "Spoor"
  | "Spoor, sending"
  | "OpenLLMetry"
  | "Langfuse"
  | "OpenInference"
  | "LangSmith";

/** Loaded one by one: a process that measures one way has seen no other. */
export const ways: Readonly<Record<WayName, () => Promise<MakeWay>>> = {
  "no handler": async () => (await import("./ways/callbacks.ts")).none,
  "awaited no-op": async () => (await import("./ways/callbacks.ts")).awaitedNoop,
  "Spoor, the handler alone": async () => (await import("./ways/spoor.ts")).handlerAlone,
  "Spoor, in memory, unredacted": async () => (await import("./ways/spoor.ts")).unredacted,
  "Spoor, in memory": async () => (await import("./ways/spoor.ts")).inMemory,
  Spoor: async () => (await import("./ways/spoor.ts")).spoor,
  "Spoor, sending": async () => (await import("./ways/spoor.ts")).spoorSending,
  OpenLLMetry: async () => (await import("./ways/openllmetry.ts")).openLlmetry,
  Langfuse: async () => (await import("./ways/langfuse.ts")).langfuse,
  OpenInference: async () => (await import("./ways/openinference.ts")).openInference,
  LangSmith: async () => (await import("./ways/langsmith.ts")).langSmith,
};

/** What "Spoor" is made of: each does what the one before it does, and one thing more. */
export const partsOfSpoor: readonly WayName[] = [
  "Spoor, the handler alone",
  "Spoor, in memory, unredacted",
  "Spoor, in memory",
];

/** What is there without the peers' folder. */
export const ownWays: readonly WayName[] = [
  "no handler",
  "awaited no-op",
  ...partsOfSpoor,
  "Spoor",
  "Spoor, sending",
];
