const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Whether the ingestion endpoint takes it for a time: ISO 8601 with an offset. */
export function isMoment(value: unknown): value is string {
  return typeof value === "string" && form.test(value) && !Number.isNaN(Date.parse(value));
}

/** As the tables keep it: in milliseconds. */
export function inMilliseconds(moment: string): string {
  return new Date(moment).toISOString();
}
