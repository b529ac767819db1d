export { langfuseTraces } from "./adapter.ts";
export { langfuseRecords } from "./document/records.ts";
export type { LangfuseRecord } from "./native.ts";
