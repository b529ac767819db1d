import type { MetricsRequest } from "./metrics.ts";
import type { Payload, Protocol } from "./payload.ts";
import { metricsInProtobuf } from "./protobuf/metrics.ts";

export function metricsPayload(request: MetricsRequest, protocol: Protocol): Payload {
  return protocol === "http/json"
    ? { contentType: "application/json", body: Buffer.from(JSON.stringify(request)) }
    : { contentType: "application/x-protobuf", body: metricsInProtobuf(request) };
}
