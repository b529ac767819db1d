import type { BatchLimits } from "../pipeline/exporter.ts";

/** Of spans. So much of the record is about 3.5 MB of rows: JSON in a text takes more room than JSON, and what holds for a trace stands on each of its rows. */
export const spanLimits: BatchLimits = { items: 500, bytes: 2 * 1024 * 1024 };

/** Of one field by the ingestion API: servers take 4.5 MB at a time, and input, output and metadata of a row have to go together. */
export const ingestibleBytes: number = 1024 * 1024;

/** Of scores: of few bytes each, and several often come together. */
export const scoreLimits: BatchLimits = { items: 500, waitMs: 1_000 };
