import type { JsonValue } from "@spoor/core";
import { allowed, keep } from "../allowed.ts";
import type { Allowed } from "../allowed.ts";
import { strangeFacts } from "../reduction/facts.ts";
import { isKnown } from "./native.ts";
import type { TranscriptLine } from "./native.ts";

/*
 * What of a transcript's line may enter the record beside what the vocabulary has words for.
 */

export const sessionFacts: Allowed = allowed("cwd entrypoint gitBranch");

export const callFacts: Allowed = allowed("effort promptCacheRequested requestId");

export const agentFacts: Allowed = allowed(
  "agentId description parentAgentId requestShape spawnDepth",
);

export const permissionFacts: Allowed = allowed("decision reasonType source");

export const errorFacts: Allowed = allowed("apiError apiErrorStatus apiErrorType error requestId");

export const compactionFacts: Allowed = allowed(
  "cumulativeDroppedTokens durationMs postTokens preTokens preservedMessages.anchorUuid preservedMessages.uuids " +
    "preservedSegment.anchorUuid preservedSegment.headUuid preservedSegment.tailUuid trigger",
);

/** Of the lines that the vocabulary has no word for. */
const noteNames = allowed(
  "aiTitle content customTitle durationMs hookErrors leafUuid level modelUsage.*.cacheCreationInputTokens " +
    "modelUsage.*.cacheReadInputTokens modelUsage.*.costUSD modelUsage.*.inputTokens modelUsage.*.outputTokens " +
    "modelUsage.*.webSearchRequests preventedContinuation summary tag title totalAPIDuration totalCostUSD totalDuration " +
    "totalLinesAdded totalLinesRemoved totalToolDuration",
);

/** Told by every line, and recorded as what the note is about. */
const head = allowed(
  "type subtype uuid parentUuid sessionId timestamp isSidechain cwd version gitBranch userType entrypoint agentId promptId slug attachment",
);

export const noteFacts = (native: TranscriptLine): JsonValue | undefined =>
  isKnown(native) ? keep(native, noteNames) : strangeFacts(native, strangeNames, head);

/** Of a line that nobody has taught the adapter: names and measures, never words that somebody may have written. */
const strangeNames = allowed("durationMs leafUuid level totalCostUSD totalDuration");
