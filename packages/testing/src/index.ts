export { type AdapterFixtures, describeAdapter } from "./adapter/describe-adapter.ts";
export {
  draftsOf,
  foldOf,
  goldenTrees,
  importing,
  problemsOf,
  recordAll,
  type Recording,
} from "./adapter/recorded.ts";
export type { Truth } from "./adapter/truth.ts";
export { describeExporter } from "./exporter/describe-exporter.ts";
export type {
  Arrival,
  Destination,
  OpenDestination,
  Subject,
  Words,
} from "./exporter/destination.ts";
export type { Item } from "./exporter/example.ts";
export type { HttpOptions, HttpPlace, RequestArrival } from "./exporter/http/http-subject.ts";
export { overHttp } from "./exporter/http/over-http.ts";
export { type FilePlace, overFile } from "./exporter/over-file.ts";
export { overWrites, type WritePlace } from "./exporter/over-writes.ts";
export type { TextOptions } from "./exporter/text-options.ts";
export { countingIds } from "./injected/counting-ids.ts";
export { type ManualClock, manualClock } from "./injected/manual-clock.ts";
