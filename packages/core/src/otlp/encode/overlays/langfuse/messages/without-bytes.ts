import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { isRecord, type JsonObject, type JsonValue } from "../../../../../vocabulary/json.ts";

/**
 * A value without the bytes of images, recordings and files that it carries as base64: what they were, how many and their hash stand in their
 * place, so that one that was kept elsewhere can be found again. Everything else stays as it is.
 */
export function withoutBytes(value: JsonValue): JsonValue {
  if (typeof value === "string") return withoutDataUrls(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutBytes(item));
  return isRecord(value) ? fieldsWithoutBytes(value) : value;
}

function fieldsWithoutBytes(fields: JsonObject): JsonObject {
  const mimeType = mimeTypeIn(fields);
  const shortest = shortestBytes(fields, mimeType);
  return Object.fromEntries(
    Object.entries(fields).map(([name, member]): [string, JsonValue] => [
      name,
      bytesNames.has(name) && isBase64(member, shortest)
        ? bytesInWords(member, mimeType)
        : withoutBytes(member),
    ]),
  );
}

/** Where providers, frameworks and the conventions put bytes, in an object that says what they are. */
const bytesNames: ReadonlySet<string> = new Set(
  "data blob base64 b64_json bytes content image file_data fileData audio".split(" "),
);
const mediaTypes: ReadonlySet<string> = new Set(
  "blob image audio video file document media input_audio input_image input_file".split(" "),
);
const mimeNames: readonly string[] = ["mime_type", "mimeType", "media_type", "mediaType"];
const mediaFormat = /^(?:png|jpe?g|gif|webp|pdf|wav|mp3|mp4|webm|ogg|flac|opus|aac|pcm16)$/;

/** From which length on a text without a gap is bytes: any where its kind is said, some where only that it is media. Never in what is no media. */
function shortestBytes(fields: JsonObject, mimeType: string | null): number {
  const { type } = fields;
  if (mimeType !== null) return /^(?:text\/|application\/json)/.test(mimeType) ? Infinity : 1;
  return "b64_json" in fields || (typeof type === "string" && mediaTypes.has(type)) ? 64 : Infinity;
}

function mimeTypeIn(fields: JsonObject): string | null {
  const said = mimeNames.map((name) => fields[name]).find((value) => typeof value === "string");
  if (typeof said === "string") return said;
  const { format } = fields;
  return typeof format === "string" && mediaFormat.test(format) ? format : null;
}

const isBase64 = (value: JsonValue, shortest: number): value is string =>
  typeof value === "string" && value.length >= shortest && /^[\w+/\r\n-]+={0,2}\s*$/.test(value);

const dataUrl = /data:([\w.+/-]*)(?:;[\w.+=-]+)?;base64,([\w+/-]+={0,2})/g;

function withoutDataUrls(said: string): string {
  if (!said.includes(";base64,")) return said;
  return said.replaceAll(dataUrl, (_, mimeType: string, content: string) =>
    bytesInWords(content, mimeType === "" ? null : mimeType),
  );
}

function bytesInWords(content: string, mimeType: string | null): string {
  const bytes = Buffer.from(content, "base64");
  const what = mimeType === null ? "" : `${mimeType}, `;
  return `[${what}${bytes.byteLength} bytes, sha256 ${hash("sha256", bytes, "hex")}]`;
}
