import { isRecord } from "@spoor/core";
import type { CrewaiLine } from "../native.ts";
import { type Fields, fieldsOf, listOf, textOf } from "../../reading/narrow.ts";
import { eventOf } from "./event.ts";

/** The body of a request that CrewAI's own tracing sends, alone or with the request around it. Null: something else. */
export function traceBatch(line: Fields): CrewaiLine | null {
  const isRequest = textOf(line["path"])?.includes("/tracing/") === true;
  const body = isRequest ? fieldsOf(line["body"]) : line;
  const isBatch = Array.isArray(body["events"]) && isRecord(body["batch_metadata"]);
  if (!isBatch) return isRequest ? { kind: "aside", known: true } : null;
  const events = listOf(body["events"]).flatMap((value) => {
    const { event_data: data, ...envelope } = fieldsOf(value);
    const event = eventOf({ ...fieldsOf(data), ...envelope }, { witness: "traces" });
    return event === null ? [] : [event];
  });
  return { kind: "events", events };
}
