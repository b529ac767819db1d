export type { Carrier, SpanContext } from "./vocabulary/carrier.ts";
export { readCarrier, writeCarrier } from "./vocabulary/carrier.ts";
export type {
  AgentEvent,
  At,
  ClosingDraft,
  ClosingEvent,
  ContentRef,
  ContextDifference,
  DraftOf,
  EventDraft,
  EventId,
  EventOf,
  EventType,
  FullContext,
  Held,
  Key,
  Link,
  MarkDraft,
  MarkEvent,
  OpeningDraft,
  OpeningEvent,
  Outcome,
  SpanId,
  TraceId,
  WithheldReason,
  WorkKind,
} from "./vocabulary/event.ts";
export type { JsonObject, JsonValue } from "./vocabulary/json.ts";
export { isRecord } from "./vocabulary/json.ts";
export type { Usage } from "./vocabulary/usage.ts";
export type { Adapter, Recorder, Translator } from "./recorder/translator.ts";
export type { Redactor } from "./recorder/redactor.ts";
export type { KnownStamp } from "./recorder/standing.ts";
export {
  createRecorder,
  type JournalRecorder,
  type KnownEvents,
  type RecorderHealth,
  type RecorderOptions,
} from "./recorder/recorder.ts";
export type { ContentAnswer, ContentReader } from "./journal/content.ts";
export { contentReader, type BookkeepingReader } from "./journal/context-book.ts";
export type {
  Journal,
  JournalEntry,
  JournalHealth,
  JournalReader,
  Position,
} from "./journal/journal.ts";
export { diskJournal } from "./journal/disk/disk-journal.ts";
export { journalFolder } from "./journal/disk/journal-folder.ts";
export { JournalError } from "./journal/disk/journal-error.ts";
export { journalReader } from "./journal/disk/journal-reader.ts";
export { memoryJournal } from "./journal/memory-journal.ts";
export { createRunTree, type RunTree, type SessionView } from "./run-tree/run-tree.ts";
export type { Span, SpanKind, SpanLabels, SpanLink, Status } from "./run-tree/span.ts";
export { addUsage, unknownUsage } from "./vocabulary/usage.ts";
export { ExportFailure } from "./pipeline/export-failure.ts";
export type {
  DeliveryReport,
  EventExporter,
  ExportContext,
  Exporter,
  SpanExporter,
} from "./pipeline/exporter.ts";
export { type Config, defineConfig, type JournalConfig, type Labels } from "./observer/config.ts";
export { createObserver, type Observer, type ObserverHealth } from "./observer/observer.ts";
export type { Recordable } from "./observer/recordable.ts";
export { ModelScope, Scope } from "./observer/scope.ts";
export type {
  Answer,
  ModelContext,
  ModelOptions,
  ScopeOptions,
  ToolOptions,
} from "./observer/scope-options.ts";
export {
  type OwnLabels,
  Session,
  type SessionOptions,
  type TurnOptions,
} from "./observer/session.ts";
export { createGrammar, type Grammar } from "./grammar/grammar.ts";
export { describeProblem, type GrammarProblem } from "./grammar/problem.ts";
export type {
  CostReport,
  ErrorReport,
  MarkReport,
  SessionReport,
  SessionSummary,
  SpanReport,
  TurnReport,
  UsageReport,
} from "./report/report.ts";
export { sessionReport } from "./report/session-report.ts";
export { renderTree, type TreeOptions } from "./report/tree.ts";
export { sessionSummary } from "./report/session-summary.ts";
