import { MemorySaver } from "@langchain/langgraph-checkpoint";
import type { Checkpointers } from "./checkpointers.ts";

export const memory: Checkpointers = {
  name: "MemorySaver",
  open: () => Promise.resolve({ saver: new MemorySaver(), close: () => Promise.resolve() }),
  stop: () => Promise.resolve(),
};
