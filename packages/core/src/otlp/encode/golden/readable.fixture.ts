import { isRecord } from "../../../vocabulary/json.ts";
import type { TracesRequest } from "../../wire/otlp.ts";

const onOneLine = "one line: ";

/** The request as JSON that a person can review: an attribute a line. */
export function readable(request: TracesRequest): string {
  const marked = JSON.stringify(
    request,
    (_, value: unknown) =>
      isRecord(value) && "key" in value ? `${onOneLine}${JSON.stringify(value)}` : value,
    2,
  );
  const lines = marked.replaceAll(
    new RegExp(`"${onOneLine}((?:[^"\\\\]|\\\\.)*)"`, "g"),
    (_, attribute: string) => JSON.parse(`"${attribute}"`) as string,
  );
  return `${lines}\n`;
}
