import type { EventDraft } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, listOf, textOf } from "../narrow.ts";
import { deny } from "../reduction/permissions.ts";
import { denialFacts } from "./facts.ts";
import type { Line, StreamSession } from "./reading.ts";

/** An automatic denial, told before the tool's result is. */
export function* readDenial(session: StreamSession, { message, mark }: Line): Iterable<EventDraft> {
  const on = textOf(message.tool_use_id);
  if (on === undefined) return;
  const native = keep(message, denialFacts);
  yield* deny(session, on, mark, { why: textOf(message.message), native });
}

/** The result's list is the last word on what was denied. */
export function* confirmDenials(session: StreamSession, line: Line): Iterable<EventDraft> {
  for (const { tool_use_id: id } of listOf(line.message.permission_denials).map(fieldsOf)) {
    const on = textOf(id);
    if (on !== undefined && session.tools.has(on)) yield* deny(session, on, `${line.mark}:denied`);
  }
}
