import { isRecord } from "@spoor/core";

/**
 * LangChain calls a handler that it was given twice twice. Runs are told apart by their ids; what the application dispatches itself has none, but
 * each dispatch comes with a metadata object of its own. Holds nothing longer than LangChain does.
 */
export function createRepeatedDispatch(): (given: readonly unknown[]) => boolean {
  const seen = new WeakMap<object, readonly unknown[]>();
  return ([name, data, runId, , metadata]) => {
    if (!isRecord(metadata)) return false;
    const earlier = seen.get(metadata);
    const now = [name, data, runId];
    seen.set(metadata, now);
    return earlier !== undefined && now.every((part, index) => Object.is(part, earlier[index]));
  };
}
