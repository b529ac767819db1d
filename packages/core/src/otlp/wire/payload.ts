import type { TracesRequest } from "./otlp.ts";
import { tracesInProtobuf } from "./protobuf/traces.ts";

/** The two forms of OTLP that go over HTTP, as OpenTelemetry's own variables name them. */
export type Protocol = "http/protobuf" | "http/json";

/** A request as it is posted. */
export interface Payload {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export function tracesPayload(request: TracesRequest, protocol: Protocol): Payload {
  return protocol === "http/json"
    ? { contentType: "application/json", body: Buffer.from(JSON.stringify(request)) }
    : { contentType: "application/x-protobuf", body: tracesInProtobuf(request) };
}
