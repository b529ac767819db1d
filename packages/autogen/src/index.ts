export { autogen, type AutogenLine } from "./adapter.ts";
export type { ActorEnvelope, EnvelopeDraft, EnvelopeKind } from "./envelopes/envelope.ts";
export type { EnvelopeOptions } from "./envelopes/envelope-recorder.ts";
export {
  type DeliveryOptions,
  observeEnvelopes,
  type ObservedEnvelopes,
  type TellFate,
} from "./envelopes/observe-envelopes.ts";
export { readEnvelope } from "./envelopes/read-envelope.ts";
export type { Deliver } from "./envelopes/sending.ts";
export { carry } from "./envelopes/trail.ts";
export { bullmqOptions, type BullmqOptions } from "./envelopes/media/bullmq.ts";
export { cloudEventAttributes, cloudEventHeaders } from "./envelopes/media/cloud-events.ts";
export { natsHeaders, type NatsHeaders } from "./envelopes/media/nats.ts";
export {
  type ActorHandler,
  type ActorRuntime,
  createActorRuntime,
  type MessageOptions,
  type RuntimeOptions,
  type SpawnOptions,
} from "./runtime/actor-runtime.ts";
export { autogenAmong, type Surroundings } from "./surfaces.ts";
export { type ModelReading, wrapModel, wrapTool } from "./runtime/wrap-calls.ts";
