import {
  contentReader,
  createRunTree,
  journalReader,
  renderTree,
  sessionReport,
  type TreeOptions,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";

/** What was recorded of a session, as `spoor show` prints it. */
export function treeOf(dir: string, session: string, options: TreeOptions): readonly string[] {
  const reader = journalReader(dir);
  const tree = createRunTree();
  const content = contentReader(reader);
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) continue;
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  const view = tree.session(session);
  return view ? renderTree(sessionReport(view, content), options) : [];
}
