import type { CheckpointPlace, ThreadVerification } from "@spoor/langgraph";
import { plural } from "../printing/output.ts";
import { printable } from "../printing/printable.ts";

/** What was found out about each thread, for people. */
export function threadLines(threads: readonly ThreadVerification[]): readonly string[] {
  const found = threads.reduce((sum, { findings }) => sum + findings.length, 0);
  const verdict =
    found > 0
      ? `${plural(found, "finding")}.`
      : threads.some(({ whole }) => whole > 0)
        ? "Nothing found: what could be compared is as it was written."
        : "Nothing found, and nothing was compared.";
  return [...threads.flatMap(linesOf), "", verdict].map(printable);
}

function linesOf(thread: ThreadVerification): readonly string[] {
  const { stored, told, whole, resumed, findings, unchecked } = thread;
  return [
    `Thread ${thread.thread}`,
    `  ${plural(stored, "checkpoint")} stored, ${told} told of, ${whole} as written, resumed from ${plural(resumed, "time")}`,
    ...findings.map((finding) => `  ✗ ${placeText(finding)}${finding.message}`),
    ...unchecked.map((left) => `  ? ${placeText(left)}${left.message}`),
  ];
}

function placeText({ namespace, checkpoint }: CheckpointPlace): string {
  if (checkpoint === null) return "";
  return `${checkpoint}${namespace ? ` in ${namespace}` : ""}: `;
}
