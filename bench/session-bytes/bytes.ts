import { Readable, type Duplex } from "node:stream";
import { createGzip, createZstdCompress } from "node:zlib";
import { conversation } from "./conversation.ts";

/** As it is, and compressed as one stream with the defaults of Node. */
export interface Bytes {
  readonly plain: number;
  readonly gzip: number;
  readonly zstd: number;
}

/** What a conversation takes where each event is written down as it is said, its whole context with it. */
export const plainBytes = (turns: number): Promise<Bytes> => bytesOf(() => lines(turns));

/** `written` is asked for what was written three times. */
export async function bytesOf(written: () => Iterable<Uint8Array>): Promise<Bytes> {
  const through = (compressor: Duplex): Promise<number> =>
    lengthOf(Readable.from(written()).pipe(compressor));
  return {
    plain: await lengthOf(Readable.from(written())),
    gzip: await through(createGzip()),
    zstd: await through(createZstdCompress()),
  };
}

function* lines(turns: number): Generator<Buffer> {
  for (const draft of conversation(turns)) yield Buffer.from(`${JSON.stringify(draft)}\n`);
}

async function lengthOf(stream: Readable | Duplex): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += (chunk as Buffer).byteLength;
  return bytes;
}
