import { isShortage } from "../journal/disk/journal-error.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";

/**
 * What is made of a batch to send it. Throws where that fails: to try the same again where the machine was short of what reading takes, else to try
 * less at a time, down to the span that it fails for, so that one span which cannot be told does not keep back all others.
 */
export function inForm<Form>(make: () => Form): Form {
  try {
    return make();
  } catch (cause) {
    const message = "a batch of spans could not be put into the form of OTLP";
    const retry = isShortage(cause) ? "same" : "smaller";
    throw new ExportFailure(message, { retry, answered: true, cause });
  }
}
