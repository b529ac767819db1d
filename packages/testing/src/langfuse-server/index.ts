export { type Fault, faults } from "./faults.ts";
export {
  type LangfuseServer,
  type LangfuseServerOptions,
  langfuseServer,
} from "./langfuse-server.ts";
export type { WriteMode } from "./deployment.ts";
export type { Stored } from "./storage/database.ts";
export type {
  StoredObservation,
  StoredScore,
  StoredSession,
  StoredTrace,
} from "./storage/stored.ts";
