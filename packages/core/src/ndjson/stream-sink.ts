import type { Writable } from "node:stream";
import { asError } from "../journal/disk/journal-error.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import type { Sink } from "./sink.ts";

/** Writes to a stream that is somebody else's: it is never ended here, and its failure is told only to who asked for the write. */
export function streamSink(stream: Writable): Sink {
  let isTorn = false;
  return {
    async write(textFor) {
      if (!stream.writable)
        throw new ExportFailure("the stream takes no more text", { retry: "same", answered: true });
      const text = `${isTorn ? "\n" : ""}${textFor(false)}`;
      isTorn = true;
      await written(stream, text);
      isTorn = false;
    },
  };
}

function written(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", toldToTheWriter);
    stream.write(text, (cause) => {
      if (cause) {
        // The event is still to come, so the listener stays until then.
        const message = `cannot write to the stream: ${asError(cause).message}`;
        reject(new ExportFailure(message, { retry: "same", cause }));
        return;
      }
      stream.off("error", toldToTheWriter);
      resolve();
    });
  });
}

/** A stream whose reader has gone says so twice, and an error event that nobody listens to ends the process. */
function toldToTheWriter(): void {
  return;
}
