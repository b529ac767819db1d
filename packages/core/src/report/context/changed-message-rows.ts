import { saidRows } from "../in-full/said-rows.ts";
import { bytesText } from "../text/byte-size.ts";
import { wordsOf } from "../text/words.ts";
import type { Room } from "../text/wrap.ts";
import { countText } from "../text/count.ts";
import { excerpt } from "../tree/excerpt.ts";
import { type Row, textRow } from "../tree/row.ts";
import { piece } from "../tree/styled-text.ts";
import { changedTextRows } from "./changed-text-rows.ts";
import type { ContextMessage } from "./context-part.ts";
import type { MessageChange } from "./message-changes.ts";
import { messageTitle, partTitle } from "./part-rows.ts";

/** Of messages that went, so many are named each. */
const mostCutNamed = 12;

/** In order: what was kept in a line, what went with its beginning, what came in full, what was replaced line by line. */
export function changedMessageRows(changes: readonly MessageChange[], room: Room): readonly Row[] {
  const cut = changes.filter(({ change }) => change === "cut").length;
  let cutSoFar = 0;
  return changes.flatMap((change): readonly Row[] => {
    switch (change.change) {
      case "kept": {
        const { after, count } = change;
        const places = count === 1 ? `#${after}` : `#${after}\u2013#${after + count - 1}`;
        return [textRow("", [piece(`  ${places} as before`, "dim")])];
      }
      case "added":
        return addedRows(change.message, room);
      case "cut": {
        cutSoFar += 1;
        if (cutSoFar <= mostCutNamed) return [cutRow(change.message)];
        const rest = `- \u2026 ${countText(cut - mostCutNamed, "more message")} that went`;
        return cutSoFar === cut ? [textRow("", [piece(rest, "red")])] : [];
      }
      case "replaced": {
        const { after, before, text } = change;
        const title = partTitle(`~ ${messageTitle(after)}`, after, "yellow");
        const size = piece(`  was ${bytesText(before.bytes)}`, "dim");
        return [textRow("", [...title, size]), ...changedTextRows(text, room)];
      }
      default:
        return change satisfies never;
    }
  });
}

function addedRows(message: ContextMessage, room: Room): readonly Row[] {
  return [
    textRow("", partTitle(`+ ${messageTitle(message)}`, message, "green")),
    ...saidRows("", message.value, { guide: "+ ", room, style: "green" }),
  ];
}

/** It was read when it came; here its beginning tells which one it was. */
function cutRow(message: ContextMessage): Row {
  const beginning = piece(`  ${excerpt(wordsOf(message.value))}`, "dim");
  return textRow("", [...partTitle(`- ${messageTitle(message)}`, message, "red"), beginning]);
}
