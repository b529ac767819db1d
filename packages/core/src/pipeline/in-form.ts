import { isShortage } from "../journal/disk/journal-error.ts";
import { ExportFailure } from "./export-failure.ts";

/**
 * What is made of a batch to send it to a destination. What fails here has not left. Throws where that fails: to try the same again where the machine
 * was short of what reading takes, else to try less at a time, down to the span that it fails for, so that one which cannot be told does not keep back
 * all others.
 */
export function inForm<Form>(destination: string, make: () => Form): Form {
  try {
    return make();
  } catch (cause) {
    const message = `a batch of spans could not be put into the form of ${destination}`;
    const retry = isShortage(cause) ? "same" : "smaller";
    throw new ExportFailure(message, { retry, answered: true, cause });
  }
}
