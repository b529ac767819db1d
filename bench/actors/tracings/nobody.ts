import type { Tracing } from "../tracing.ts";

export const nobody: Tracing = {
  name: "nobody",
  envelopes: null,
  settle: () => Promise.resolve(),
  close: () => Promise.resolve(0),
};
