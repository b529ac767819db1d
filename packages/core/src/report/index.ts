export type { ChannelChange, Listed } from "./checkpoints/channel-changes.ts";
export {
  type CheckpointsReport,
  checkpointsReport,
  type TurnCheckpoints,
} from "./checkpoints/checkpoints-report.ts";
export type { Happening, SavedHappening, TaskWrites } from "./checkpoints/happening.ts";
export { renderCheckpoints } from "./checkpoints/render-checkpoints.ts";
export type { ResumeConfig } from "./checkpoints/resume-config.ts";
export type { ContextChange, PartChange } from "./context/context-change.ts";
export type { ContextMessage, ContextPart } from "./context/context-part.ts";
export type { CallReport, ContextReport, UnknownPart } from "./context/context-report.ts";
export { contextChange, contextReport, type Contexts, contextsOf } from "./context/contexts.ts";
export type { Beginning } from "./context/conversation.ts";
export type { MessageChange } from "./context/message-changes.ts";
export type { CallAddress } from "./context/model-calls.ts";
export { renderChange } from "./context/render-change.ts";
export { renderContext } from "./context/render-context.ts";
export type { Origin } from "./context/saying.ts";
export type { LineChange, TextChange } from "./text/text-change.ts";
export type { CostOf, ReportOptions, SpanCost } from "./cost-report.ts";
export type { Usd } from "./usd.ts";
export { inputsOf } from "./inputs.ts";
export { renderTurn } from "./in-full/render-turn.ts";
export { type SpanInFull, type TurnInFull, turnInFull } from "./in-full/turn-in-full.ts";
export type { ContextSize } from "./outline/context-size.ts";
export { type SessionOutline, sessionOutline, type TurnOutline } from "./outline/outline.ts";
export type { Named, ToolUse, TurnFigures } from "./outline/turn-figures.ts";
export type { Remark } from "./outline/remarks.ts";
export { type OutlineOptions, renderOutline } from "./outline/render-outline.ts";
export { type PathOptions, type PathReport, pathReport } from "./path/path-report.ts";
export { renderMermaid } from "./path/render-mermaid.ts";
export { type WaysTold, waysTold } from "./path/ways-told.ts";
export type { TextOptions } from "./text/text-options.ts";
export type { WordChange } from "./text/word-changes.ts";
export type { Appearance, Appearances, FirstPlace } from "./why/appearances.ts";
export type { Cause, How } from "./why/cause.ts";
export type { Where } from "./why/earlier-content.ts";
export { renderWhy, type WhyOptions } from "./why/render-why.ts";
export type { SpanPlace } from "./why/span-place.ts";
export { type WhyReport, whyReport } from "./why/why-report.ts";
