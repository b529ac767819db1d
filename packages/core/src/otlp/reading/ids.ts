import { Buffer } from "node:buffer";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";

/** Null for what is no id, and for the one of zeros, which says that there is none. */
export const traceIdIn = (value: unknown): TraceId | null => hexOf(value, 16) as TraceId | null;
export const spanIdIn = (value: unknown): SpanId | null => hexOf(value, 8) as SpanId | null;

/** OTLP writes ids as hexadecimal digits; what writes protocol buffers as JSON without knowing that writes base64. Their lengths tell them apart. */
function hexOf(value: unknown, bytes: number): string | null {
  if (typeof value !== "string") return null;
  const hex = value.length === bytes * 2 ? value.toLowerCase() : base64Hex(value, bytes);
  return /^[0-9a-f]+$/.test(hex) && !/^0+$/.test(hex) ? hex : null;
}

function base64Hex(value: string, bytes: number): string {
  const isBase64 = value.length === Math.ceil(bytes / 3) * 4 && /^[A-Za-z0-9+/]+=*$/.test(value);
  const decoded = isBase64 ? Buffer.from(value, "base64") : null;
  return decoded?.length === bytes ? decoded.toString("hex") : "";
}
