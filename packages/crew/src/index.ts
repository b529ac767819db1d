export { crewai } from "./crewai/adapter.ts";
export { crewaiAmong, type Surroundings } from "./crewai/among.ts";
export type { CrewaiLine } from "./crewai/native.ts";
export type { KaibanTeam } from "./kaiban/native.ts";
export { observeTeam, type ObservedTeam, type TeamOptions } from "./kaiban/observe-team.ts";
export { mastraExporter } from "./mastra/exporter.ts";
export type { MastraEvent, MastraExporter, MastraSpan } from "./mastra/native.ts";
export type { AgentsProcessor, AgentsSpan, AgentsTrace } from "./openai-agents/native.ts";
export { openaiAgentsProcessor } from "./openai-agents/processor.ts";
export type {
  CrewModelOptions,
  CrewToolOptions,
  CrewWorkOptions,
  KickoffOptions,
  Moment,
} from "./recorder/crew-options.ts";
export {
  createCrewRecorder,
  type CrewRecorder,
  type CrewRecorderOptions,
} from "./recorder/crew-recorder.ts";
export type { CrewScope } from "./recorder/crew-scope.ts";
export type { Verb } from "./recorder/verb.ts";
export type { Verdict } from "./recorder/verdict.ts";
