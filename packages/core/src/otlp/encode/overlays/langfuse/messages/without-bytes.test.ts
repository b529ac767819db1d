import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../../../../vocabulary/json.ts";
import { mediaPart } from "../../../messages/media.ts";
import { withoutBytes } from "./without-bytes.ts";

const bytes = Buffer.from("a picture that is long enough to be told from a word, by any reader");
const base64 = bytes.toString("base64");
const words = `${bytes.byteLength} bytes, sha256 ${hash("sha256", bytes, "hex")}]`;

describe("bytes are told by their kind, number and hash", () => {
  test.each<[string, JsonValue, string]>([
    [
      "Anthropic's",
      { type: "image", source: { type: "base64", media_type: "image/png", data: base64 } },
      `[image/png, ${words}`,
    ],
    [
      "OpenAI's",
      { type: "image_url", image_url: { url: `data:image/png;base64,${base64}` } },
      `[image/png, ${words}`,
    ],
    [
      "a recording",
      { type: "input_audio", input_audio: { data: base64, format: "wav" } },
      `[wav, ${words}`,
    ],
    ["MCP's", { type: "image", mimeType: "image/png", data: base64 }, `[image/png, ${words}`],
    [
      "a resource",
      { type: "resource", resource: { mimeType: "application/pdf", blob: base64 } },
      `[application/pdf, ${words}`,
    ],
    ["Gemini's", { inlineData: { mimeType: "image/png", data: base64 } }, `[image/png, ${words}`],
    ["of no known kind", { type: "image", image: base64 }, `[${words}`],
    [
      "in words",
      `see ![x](data:image/png;base64,${base64}) here`,
      `see ![x]([image/png, ${words}) here`,
    ],
  ])("%s", (_, value, told) => {
    const text = JSON.stringify(withoutBytes([value]));
    expect(text).toContain(told);
    expect(text).not.toContain(base64);
  });

  test("of a part of the conventions too", () => {
    const source = { type: "base64", media_type: "image/png", data: base64 };
    const part = mediaPart({ type: "image", source });
    expect(withoutBytes([part])).toEqual([
      { type: "blob", modality: "image", mime_type: "image/png", content: `[image/png, ${words}` },
    ]);
  });
});

test("what only looks like bytes stays: words, hashes, code, and text that says it is", () => {
  for (const value of [
    base64,
    { data: base64 },
    { type: "text", content: base64 },
    { type: "document", content: "test" },
    { mimeType: "text/plain", data: base64 },
    { type: "file", format: "markdown", content: "Readme" },
    "data:image/png;base64,",
  ])
    expect(withoutBytes(value)).toEqual(value);
});

test("whatever else was said stays as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const said = value as JsonValue;
      if (!/"(?:mime|media|format|type|b64)/.test(JSON.stringify(said)))
        expect(withoutBytes(said)).toEqual(said);
    }),
  );
});
