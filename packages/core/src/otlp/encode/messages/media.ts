import type { JsonObject } from "../../../vocabulary/json.ts";
import { type Block, recordIn, textIn } from "./block.ts";

/** What kind of thing a block says it is; of a file its media type tells. */
const modalities: Readonly<Record<string, string>> = {
  image: "image",
  image_url: "image",
  input_image: "image",
  audio: "audio",
  input_audio: "audio",
  video: "video",
  video_url: "video",
};

/**
 * An image, a recording or a document as a part of the conventions: `blob` where its bytes are there, `uri` where they lie elsewhere, `file` where
 * the provider has them. Null: none of these can be read out of it.
 */
export function mediaPart(block: Block): JsonObject | null {
  const source = placeOf(block);
  const mimeType = mimeTypeOf(block, source);
  const about = (mime: string | null): JsonObject => ({
    modality: saidModality(block) ?? modalities[block.type] ?? modalityOf(mime),
    ...(mime === null ? {} : { mime_type: mime }),
  });
  const data = textIn(source, "data", "file_data", "fileData", "image", "content");
  if (source["type"] === "text" && data !== null) return { type: "text", content: data };
  if (data !== null && !isUrl(data)) return bytesOf(data, about(mimeType));
  const uri = data ?? textIn(source, "url", "uri", "fileUri", "image_url", "file_url");
  if (uri !== null) {
    const inline = /^data:([^;,]*)[^,]*;base64,/.exec(uri);
    return inline
      ? bytesOf(uri.slice(inline[0].length), about(mimeType ?? inline[1] ?? null))
      : { type: "uri", ...about(mimeType), uri };
  }
  const file = textIn(source, "file_id", "fileId", ...(isNamedBySource(block) ? ["id"] : []));
  return file === null ? null : { type: "file", ...about(mimeType), file_id: file };
}

const known: readonly (string | null)[] = ["image", "audio", "video", "document"];

function saidModality(block: Block): string | null {
  const said = textIn(block, "modality");
  return known.includes(said) ? said : null;
}

/** Where providers put what they say of the thing itself. */
function placeOf(block: Block): JsonObject {
  const inner = recordIn(
    block,
    "source",
    "image_url",
    "video_url",
    "input_audio",
    "file",
    "fileData",
  );
  return { ...block, ...inner, type: inner["type"] ?? "" };
}

const isNamedBySource = (block: Block): boolean => block["source_type"] === "id";

const isUrl = (data: string): boolean => /^(?:https?|data|gs|s3):/.test(data);

/** What stands in the place of bytes that were not kept is words. */
function bytesOf(content: string, about: JsonObject): JsonObject {
  return content.startsWith("[") ? { type: "text", content } : { type: "blob", ...about, content };
}

function mimeTypeOf(block: Block, source: JsonObject): string | null {
  const said = textIn(source, "mime_type", "mimeType", "media_type", "mediaType");
  const format = textIn(source, "format");
  return said ?? (block.type === "input_audio" && format !== null ? `audio/${format}` : null);
}

function modalityOf(mimeType: string | null): string {
  const [family = ""] = (mimeType ?? "").split("/");
  return ["image", "audio", "video"].includes(family) ? family : "document";
}
