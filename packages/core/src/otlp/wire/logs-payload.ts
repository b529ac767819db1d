import type { LogsRequest } from "./logs.ts";
import type { Payload, Protocol } from "./payload.ts";
import { logsInProtobuf } from "./protobuf/logs.ts";

export function logsPayload(request: LogsRequest, protocol: Protocol): Payload {
  return protocol === "http/json"
    ? { contentType: "application/json", body: Buffer.from(JSON.stringify(request)) }
    : { contentType: "application/x-protobuf", body: logsInProtobuf(request) };
}
