import type { ReceivedRequest } from "../../backend/received-request.ts";
import { tracesIn } from "./protobuf.ts";

export type ReadBody = { readonly resourceSpans: unknown } | { readonly refusal: string };

/** What a request says, whatever it is; checks come after it. Only gzip is unpacked, and a content type may have parameters. */
export function readTraces({ headers, body, sent, complete }: ReceivedRequest): ReadBody {
  const zipped = headers["content-encoding"]?.includes("gzip") ?? false;
  if (zipped && !complete) return { refusal: "the body is not gzip" };
  const bytes = zipped ? body : sent;
  const type = headers["content-type"]?.toLowerCase() ?? "";
  try {
    if (type.includes("application/x-protobuf"))
      return { resourceSpans: tracesIn(bytes)["resourceSpans"] };
    if (type.includes("application/json")) {
      const request = JSON.parse(String(bytes)) as { readonly resourceSpans?: unknown };
      return { resourceSpans: request.resourceSpans };
    }
  } catch (error) {
    return { refusal: `the body is not what its content type says: ${String(error)}` };
  }
  return { refusal: `the content type "${type}" is none that is taken` };
}
