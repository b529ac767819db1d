import type { EventDraft, Translator } from "@spoor/core";
import type { Content } from "./content/content.ts";
import { createContent } from "./content/content.ts";
import { ended, failed } from "./runs/end.ts";
import { progressed } from "./model/progress.ts";
import type { CustomEvent, LangGraphCallback, UnknownCallback } from "./native.ts";
import { known, nameOf } from "./reading.ts";
import { Runs } from "./runs/runs.ts";
import { said } from "./said.ts";
import { started } from "./runs/start.ts";
import { interrupted, resumed } from "./flow/suspension.ts";

const nothing: readonly EventDraft[] = [];

/** One handler, or one recording of it: idempotent by run id, and its memory is bounded by what is open. */
export function createTranslator(): Translator<LangGraphCallback> {
  const runs = new Runs();
  const content = createContent();
  let frameworkVersion: string | undefined;

  return {
    translate(native) {
      switch (native.kind) {
        case "chain.started":
        case "model.started":
        case "tool.started":
        case "retriever.started":
          return started(native, runs, content, frameworkVersion);
        case "run.ended":
          return ended(native, runs, content);
        case "run.failed":
          return failed(native, runs, content);
        case "interrupted":
          return interrupted(native, runs, content);
        case "resumed":
          return resumed(native, runs);
        case "custom":
        case "unknown":
          return noted(native, runs, content);
        case "header":
          frameworkVersion = native.frameworkVersion;
          return nothing;
        case "run.progressed":
          return progressed(native, runs);
        case "note":
          return nothing;
        default:
          return native satisfies never;
      }
    },
  };
}

/** Kept where its run is known; what cannot be placed in any session is only counted, by whoever asks `knows`. */
function noted(
  native: CustomEvent | UnknownCallback,
  runs: Runs,
  content: Content,
): readonly EventDraft[] {
  const run = runs.find(native.runId ?? "");
  if (run === undefined || (native.order !== undefined && native.order < run.notes)) return nothing;
  const order = native.order ?? run.notes;
  run.notes = order + 1;
  const data = native.kind === "custom" ? native.data : native.arguments;
  return [
    {
      type: "native.noted",
      ...said(native, run.turn),
      on: run.span,
      mark: `${run.runId}:${order}`,
      name: nameOf(native.name),
      ...known({ native: content.json(data) }),
    },
  ];
}
