import { Buffer } from "node:buffer";
import type { Arrival } from "./destination.ts";

/** Bytes that are no UTF-8, and where they say that they are JSON, no JSON. */
export function textProblems({ bytes, contentType }: Arrival): readonly string[] {
  const text = String(bytes);
  if (!Buffer.from(text).equals(bytes)) return ["is not UTF-8"];
  return jsonTexts(text, contentType ?? "").flatMap((json) => {
    try {
      JSON.parse(json);
      return [];
    } catch (error) {
      return [`is not JSON: ${String(error).slice(0, 200)}`];
    }
  });
}

/** Legal in JSON, and refused by readers in languages whose texts are always well-formed, with all that is in the request. */
export function surrogateProblems({ bytes, contentType }: Arrival): readonly string[] {
  const problems = new Set<string>();
  for (const json of jsonTexts(String(bytes), contentType ?? ""))
    JSON.parse(json, (name, value: unknown) => {
      const said = typeof value === "string" ? [name, value] : [name];
      if (!said.every((part) => part.isWellFormed())) problems.add("has a half surrogate pair");
      return value;
    });
  return [...problems];
}

function jsonTexts(text: string, contentType: string): readonly string[] {
  if (/ndjson|jsonl/.test(contentType)) return text.trimEnd().split("\n");
  return contentType.includes("json") ? [text] : [];
}
