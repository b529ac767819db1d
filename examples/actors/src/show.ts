import {
  contentReader,
  createRunTree,
  journalReader,
  renderTree,
  sessionReport,
  type TreeOptions,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";

/** A session as it stands in a journal, whichever processes wrote it: the tree that `spoor show` prints. */
export function treeOf(dir: string, session: string, options?: TreeOptions): readonly string[] {
  const reader = journalReader(dir);
  const [tree, content] = [createRunTree(), contentReader(reader)];
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) continue;
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  const view = tree.session(session);
  return view ? renderTree(sessionReport(view, content), options) : [];
}

/** How to look at it in other ways. */
export function suggestions(dir: string, session: string): readonly string[] {
  const place = /\s/.test(dir) ? `"${dir}"` : dir;
  return [
    ["all that was said", `spoor show ${session} --turn 0`],
    ["the path really taken", `spoor show ${session} --mermaid`],
    ["one offline page", `spoor show ${session} --html day-out.html`],
    ["the same as JSON", `spoor show ${session} --json`],
  ].map(([what = "", command = ""]) => `  ${what.padEnd(24)}npm exec -- ${command} --dir ${place}`);
}
