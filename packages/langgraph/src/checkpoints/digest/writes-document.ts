import type { JsonObject } from "@spoor/core";
import type { Write } from "../native.ts";
import { type Digest, digestOf } from "./value-digests.ts";

export interface WriteDigest {
  readonly channel: string;
  /** Absent: it could not be read. */
  readonly hash?: Digest;
}

/** What a task wrote, without the values: the content `writes` of `checkpoint.written`. In the order in which the checkpointer was given it. */
export interface WritesDocument {
  readonly form: "spoor-writes/1";
  readonly writes: readonly WriteDigest[];
}

export function writesDocument(writes: readonly Write[]): WritesDocument {
  return {
    form: "spoor-writes/1",
    writes: writes.map(({ channel, value }) => {
      try {
        return { channel, hash: digestOf(value) };
      } catch {
        return { channel };
      }
    }),
  };
}

export function writesContent(document: WritesDocument): JsonObject {
  return document as unknown as JsonObject;
}
