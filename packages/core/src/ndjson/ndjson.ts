import { resolve } from "node:path";
import process from "node:process";
import type { Writable } from "node:stream";
import type { ContentPolicy, EventExporter } from "../pipeline/exporter.ts";
import { fileSink } from "./file-sink.ts";
import { streamSink } from "./stream-sink.ts";
import { linesTo } from "./lines-to.ts";

export type NdjsonOptions = {
  /** Names its cursor and its report: two files need two. Default: `ndjson`. */
  readonly name?: string;
  /** `none` leaves out what users, models and tools said, and who the user was. Default: `full`. */
  readonly content?: ContentPolicy;
} & (
  | {
      /** Is appended to; made, with its folder, for the eyes of its owner. */
      readonly file: string;
      readonly stream?: never;
    }
  | {
      /** Is never ended. Default: standard output. */
      readonly stream?: Writable;
      readonly file?: never;
    }
);

/**
 * Writes each event as it was recorded, one a line, and beside it what it refers to, so that the lines can be read without the journal.
 * Rotate the file with whatever rotates your other files. What fails is the pipeline's.
 */
export function ndjson(options: NdjsonOptions = {}): EventExporter {
  const { name = "ndjson", content = "full" } = options;
  const sink =
    options.file === undefined
      ? streamSink(options.stream ?? process.stdout)
      : fileSink(resolve(options.file));
  return { name, content, ...linesTo(sink) };
}
