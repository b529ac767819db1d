export { crewai } from "./crewai/adapter.ts";
export { crewaiAmong, type Surroundings } from "./crewai/among.ts";
export type { CrewaiLine } from "./crewai/native.ts";
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
