import { isRecord, type Recorder } from "@spoor/core";

/** Throws, naming what to pass, for what is no observer: later it would only be seen by what is missing in the record. */
export function expectObserver(given: Recorder, asked: string): void {
  if (isRecord(given) && typeof given["emit"] === "function") return;
  throw new TypeError(`${asked} needs an observer: pass what createObserver() of @spoor/core gave`);
}
