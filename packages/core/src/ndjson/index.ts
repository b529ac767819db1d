export { ndjson, type NdjsonOptions } from "./ndjson.ts";
export {
  readNdjson,
  type NdjsonReading,
  type NdjsonRecord,
  type ReadOptions,
  type SkippedLine,
} from "./read.ts";
