import {
  type ContentReader,
  createObserver,
  createRunTree,
  type EventExporter,
  type Held,
  type JsonValue,
  type Observer,
  renderTree,
  type SessionReport,
  sessionReport,
  type Span,
} from "@spoor/core";
import { countingIds } from "@spoor/testing";
import { onTestFinished } from "vitest";
import type { CrewRecorder } from "./crew-recorder.ts";
import { createCrewRecorder } from "./crew-recorder.ts";

/** Crews that are recorded in memory, and looked at. */
export interface CrewRecording {
  readonly observer: Observer;
  readonly crews: CrewRecorder;
  readonly reports: () => Promise<readonly SessionReport[]>;
  readonly spans: () => Promise<readonly Span[]>;
  readonly valueOf: (held: Held) => JsonValue;
  /** Of the only session, without its header: turn by turn. */
  readonly tree: () => Promise<readonly string[]>;
}

export function crewRecording(): CrewRecording {
  const runTree = createRunTree();
  let content: ContentReader | null = null;
  const intoTree: EventExporter = {
    name: "tree",
    consumes: "events",
    async export(batch, context) {
      content = context.content;
      for (const event of batch) runTree.apply(event);
    },
  };
  let now = 0;
  const observer = createObserver({
    journal: "memory",
    exporters: [{ to: intoTree, content: "full" }],
    clock: () => (now += 1),
    newKey: countingIds("key"),
    flushOnExit: false,
  });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));

  const reports = async (): Promise<readonly SessionReport[]> => {
    await observer.flush();
    return runTree.sessions().flatMap((id) => {
      const view = runTree.session(id);
      return view && content ? [sessionReport(view, content)] : [];
    });
  };
  return {
    observer,
    crews: createCrewRecorder(observer),
    reports,
    async spans() {
      await observer.flush();
      return runTree.sessions().flatMap((id) => runTree.session(id)?.spans ?? []);
    },
    valueOf(held) {
      const answer = content?.read(held);
      return answer?.kind === "value" ? answer.value : null;
    },
    async tree() {
      const [report, ...others] = await reports();
      if (!report || others.length > 0)
        throw new Error(`expected one session, received ${report ? others.length + 1 : 0}`);
      const lines = renderTree(report, { times: false });
      return lines.slice(lines.findIndex((line) => line.startsWith("turn")));
    },
  };
}
