import { mustHaveRecorded } from "../recorded.ts";

export { graph, input } from "../small-graph.ts";

/** Somebody else's, which hears the same. */
export const langfuseHandler = { handleChainStart: (): void => {} };

export const afterwards = (): void => mustHaveRecorded(1);
