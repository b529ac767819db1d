import { recordedQuery } from "../../examples/claude-code/src/recorded-query.ts";

const recording = new URL("../../examples/claude-code/src/recording.ndjson", import.meta.url);

/** What the SDK's query did once, again and without waiting. */
export const query: ReturnType<typeof recordedQuery> = recordedQuery(recording, 0);
