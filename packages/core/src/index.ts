export type {
  Carrier,
  SpanContext,
  TraceContext,
  TraceFlags,
  TraceparentFault,
} from "./vocabulary/carrier.ts";
export { parseTraceparent, readCarrier, writeCarrier } from "./vocabulary/carrier.ts";
export type { Baggage, BaggageEntry, BaggageProperty } from "./carriers/baggage.ts";
export { continueCarrier } from "./carriers/continue-carrier.ts";
export { extract, type Extracted } from "./carriers/extract.ts";
export type { FieldName, Fields } from "./carriers/field.ts";
export { inject, type Propagated, type Tell } from "./carriers/inject.ts";
export { rawList } from "./carriers/media/entries.ts";
export { environment } from "./carriers/media/environment.ts";
export type { Medium } from "./carriers/medium.ts";
export type { CarrierFault, CarrierProblem } from "./carriers/problem.ts";
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
  MessageFate,
  ModelOperation,
  OpeningDraft,
  OpeningEvent,
  Outcome,
  SpanId,
  TraceId,
  WithheldReason,
  WorkKind,
} from "./vocabulary/event.ts";
export { BoundedMap } from "./vocabulary/bounded-map.ts";
export type { JsonObject, JsonValue } from "./vocabulary/json.ts";
export { isRecord } from "./vocabulary/json.ts";
export { recordingOrder, type RecordingPlace } from "./vocabulary/recording-order.ts";
export type { Usage } from "./vocabulary/usage.ts";
export type { Adapter, Recorder, Translator } from "./recorder/translator.ts";
export { redactor } from "./redaction/default-redactor.ts";
export type { NoteReplaced, Redactor } from "./redaction/redactor.ts";
export type {
  FieldRule,
  OwnPattern,
  PatternName,
  RedactionRules,
  Withholdable,
} from "./redaction/rules.ts";
export type { Place } from "./redaction/place.ts";
export type { NameRules } from "./redaction/secret-names.ts";
export type { RedactionReport } from "./recorder/redacting.ts";
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
export { type LaneHolder, type LaneStanding, lanesIn } from "./journal/disk/lane-holder.ts";
export type { SegmentStanding, StandingOf } from "./journal/segment-standing.ts";
export { memoryJournal } from "./journal/memory-journal.ts";
export { createRunTree, type RunTree, type SessionView } from "./run-tree/run-tree.ts";
export type { Span, SpanKind, SpanLabels, SpanLink, Status } from "./run-tree/span.ts";
export { addUsage, unknownUsage } from "./vocabulary/usage.ts";
export type { Cursor, CursorStore } from "./pipeline/cursor.ts";
export { diskCursors } from "./pipeline/disk-cursors.ts";
export { ExportFailure } from "./pipeline/export-failure.ts";
export type { DeliveryReport, Drop } from "./pipeline/delivery-report.ts";
export type {
  BatchLimits,
  ContentPolicy,
  UnsampledPolicy,
  EventExporter,
  ExportContext,
  Exporter,
  SpanExporter,
} from "./pipeline/exporter.ts";
export {
  type EventRoute,
  type Route,
  routeOf,
  routesOf,
  type SpanRoute,
} from "./pipeline/route.ts";
export { deliverOnce, type Excerpt } from "./pipeline/deliver-once.ts";
export { closeExporters } from "./pipeline/close-exporters.ts";
export { type Config, defineConfig, type JournalConfig, type Labels } from "./config/config.ts";
export { type Defaults, defaults } from "./config/defaults.ts";
export { checkedConfig } from "./config/checked-config.ts";
export { configFileIn } from "./config/config-file.ts";
export { ConfigError, type ConfigErrorCode } from "./config/config-error.ts";
export {
  configFromEnvironment,
  type Environment,
  type ExporterSwitch,
} from "./config/environment.ts";
export {
  lazyExporter,
  type LazyExporter,
  type LazyExporterOptions,
} from "./config/lazy-exporter.ts";
export type { SaidValue, Source } from "./config/layers.ts";
export { loadConfig, type LoadOptions } from "./config/load-config.ts";
export { nearestName } from "./config/nearest-name.ts";
export {
  resolveConfig,
  type ResolvedConfig,
  type ResolveOptions,
} from "./config/resolve-config.ts";
export { spanIdOf, type TracePer, traceIdOfSession } from "./vocabulary/identity.ts";
export { earlierMessages } from "./vocabulary/earlier-messages.ts";
export { logFields, type LogFields } from "./otel/logs/log-fields.ts";
export type {
  ReceivedKind,
  ReceivedLink,
  ReceivedSpan,
  ReceivedSpanEvent,
  ReceivedStatus,
} from "./otlp/reading/received-span.ts";
export { receivedCall, type ReceivedCall } from "./otlp/reading/received-call.ts";
export { receivedFailure, type ReceivedFailure } from "./otlp/reading/received-failure.ts";
export { receivedSpans } from "./otlp/reading/received-spans.ts";
export type { Location } from "./pipeline/locating.ts";
export type { Whereabouts } from "./run-tree/whereabouts.ts";
export { carrierHere } from "./otel/bridge/carrier-here.ts";
export type { CurrentSpan } from "./otel/bridge/current-span.ts";
export { foundKinds, foundStatuses } from "./search/store/codes.ts";
export type { Age } from "./retention/age.ts";
export type { Going, LanePlan } from "./retention/lane-plan.ts";
export { readLedger } from "./retention/ledger.ts";
export type { LedgerLine } from "./retention/ledger-line.ts";
export type { ReasonToStay } from "./retention/policy.ts";
export type { RetentionSettings } from "./retention/retention-settings.ts";
export { wholeSession } from "./retention/whole-session.ts";
export { createObserver, type Observer, type ObserverHealth } from "./observer/observer.ts";
export {
  deliverPending,
  type LaneDelivery,
  type PendingOptions,
} from "./observer/deliver-pending.ts";
export type { Recordable } from "./observer/recordable.ts";
export {
  type LaneRetention,
  retainLanes,
  type RetainLanesOptions,
} from "./observer/retain-lanes.ts";
export type { RetentionHealth } from "./observer/retaining.ts";
export { watch, type Watching } from "./observer/watch.ts";
export { ModelScope, Scope } from "./observer/scope.ts";
export type {
  Answer,
  CarriedWorkOptions,
  EndOptions,
  ModelContext,
  ModelOptions,
  ScopeOptions,
  ToolOptions,
  WorkOptions,
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
