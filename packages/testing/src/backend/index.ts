export { type Answer, answers, type CutPlace, type Decision, lies, type Script } from "./answer.ts";
export { type Backend, backend } from "./backend.ts";
export type { ReceivedRequest } from "./received-request.ts";
export { refusesAbove, refusesBodies } from "./refusals.ts";
