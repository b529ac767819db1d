import { deepStrictEqual, strictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import {
  contentReader,
  createObserver,
  createRunTree,
  journalReader,
  renderTree,
  type SessionReport,
  sessionReport,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { createCrewRecorder } from "@spoor/crew";
import { teamOf } from "../a-team.ts";

export const observer = createObserver();
export const team = teamOf("zoo");
export const crews = createCrewRecorder(observer);

/** What the blocks have recorded: the tree that the guide shows, a turn that was resumed, and what callbacks told. */
export function afterwards(): void {
  const guide = readFileSync(new URL("../../guides/crews.md", import.meta.url), "utf8");
  const shown = /^```text\n(.*?)^```$/ms.exec(guide)?.[1];
  const lines = renderTree(recorded("ferry"), { times: false });
  const turns = lines.slice(lines.findIndex((line) => line.startsWith("turn")));
  strictEqual(`${turns.join("\n")}\n`, shown);

  const [approval] = recorded("approval").turns;
  deepStrictEqual([approval?.activations, approval?.output], [2, "ordered"]);

  const task = recorded("blog").turns[0]?.spans.find(({ kind }) => kind === "task");
  deepStrictEqual([task?.expected, task?.actual], ["three facts", "two facts"]);
  strictEqual(task?.endedAt, "1970-01-01T00:00:01.900Z");

  const weighed = recorded("zoo").turns[0]?.spans.find(({ kind }) => kind === "task");
  deepStrictEqual([weighed?.expected, weighed?.actual], ["a weight", "3 kg"]);
}

function recorded(session: string): SessionReport {
  const reader = journalReader(process.env["SPOOR_DIR"] ?? "");
  const [tree, content] = [createRunTree(), contentReader(reader)];
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  const view = tree.session(session);
  if (!view) throw new Error(`nothing was recorded of ${session}`);
  return sessionReport(view, content);
}
