import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

export interface Body {
  readonly body: Buffer;
  readonly sent: Buffer;
  readonly complete: boolean;
}

export const noBody: Body = { body: Buffer.alloc(0), sent: Buffer.alloc(0), complete: false };

/** What arrives until the client is done, or hangs up. Never rejects: a torn body is one that is not complete. */
export function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    const end = (): void => resolve(bodyOf(request, Buffer.concat(chunks)));
    request.once("end", end).once("close", end).once("error", end);
  });
}

/** The first piece of it; nothing more is read. */
export function readBeginning(request: IncomingMessage): Promise<Body> {
  return new Promise((resolve) => {
    request.once("data", (sent: Buffer) => {
      request.pause();
      resolve({ body: sent, sent, complete: false });
    });
    request.once("end", () => resolve(noBody)).once("error", () => resolve(noBody));
  });
}

function bodyOf(request: IncomingMessage, sent: Buffer): Body {
  const body = decompressed(sent, request.headers["content-encoding"]);
  return { body: body ?? sent, sent, complete: request.complete && body !== null };
}

/** Null where the bytes are not what the header says. */
function decompressed(sent: Buffer, encoding: string | undefined): Buffer | null {
  if (encoding === undefined) return sent;
  try {
    return decoders.get(encoding.trim().toLowerCase())?.(sent) ?? null;
  } catch {
    return null;
  }
}

const decoders: ReadonlyMap<string, (bytes: Buffer) => Buffer> = new Map([
  ["identity", (bytes: Buffer) => bytes],
  ["gzip", (bytes: Buffer) => gunzipSync(bytes)],
  ["deflate", (bytes: Buffer) => inflateSync(bytes)],
  ["br", (bytes: Buffer) => brotliDecompressSync(bytes)],
]);
