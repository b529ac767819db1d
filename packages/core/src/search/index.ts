export type { Hit, TextFound } from "./finding/hit.ts";
export type { Order } from "./finding/merged-sessions.ts";
export type { SpanFilter } from "./finding/span-filter.ts";
export type { EntryPlace } from "./indexing/entry-lines.ts";
export type { SearchNotice } from "./open-index.ts";
export type { RecordedSessions } from "./recorded-sessions.ts";
export {
  openKeptSearch,
  openSearch,
  type Query,
  type Search,
  type SearchOptions,
} from "./search.ts";
export { searchPays } from "./search-pays.ts";
export type { SessionFilter } from "./sessions.ts";
export type { FoundKind, FoundStatus } from "./store/codes.ts";
export type { TimelineEntry } from "./timeline.ts";
