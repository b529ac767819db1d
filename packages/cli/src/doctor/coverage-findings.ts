import type { Coverage, Finding } from "./diagnosis.ts";
import { note } from "./finding.ts";
import { plural } from "../printing/output.ts";

/** What an agent did, or may have done, that nobody told the record. */
export function coverageFindings(coverage: Coverage | null): readonly Finding[] {
  if (!coverage) return [];
  const { sessions, emptySessions, callsWithoutUsage, modelCalls, toolsWithoutResult } = coverage;
  const among = `of the newest ${plural(sessions, "session")}`;
  return [
    ...(emptySessions === 0
      ? []
      : [
          note(
            "SESSIONS_EMPTY",
            `${emptySessions} ${among} ${emptySessions === 1 ? "has" : "have"} turns at most: no agent, model or tool was told of`,
            "Give the callbacks or the observer to the calls inside too, and await observer.close() before the process ends.",
          ),
        ]),
    ...(callsWithoutUsage === 0
      ? []
      : [
          note(
            "CALLS_WITHOUT_USAGE",
            `${callsWithoutUsage} of ${plural(modelCalls, "model call")} ${among} did not say what they used: their cost is unknown`,
            "Have the model client report usage; for a stream of OpenAI's API that is stream_options: { include_usage: true }.",
          ),
        ]),
    ...(toolsWithoutResult === 0
      ? []
      : [
          note(
            "TOOLS_WITHOUT_RESULT",
            `${plural(toolsWithoutResult, "tool call")} ${among} never ended, although ${toolsWithoutResult === 1 ? "its turn" : "their turns"} did`,
            "Await what the tool does, and observer.close() before the process ends.",
          ),
        ]),
    ...(coverage.unplaced === 0
      ? []
      : [
          note(
            "SPANS_UNPLACED",
            `${plural(coverage.unplaced, "span")} ${among} ${coverage.unplaced === 1 ? "lies" : "lie"} in no turn that was recorded`,
            "Attach the adapter to the outermost call, and read the folders of all processes together.",
          ),
        ]),
  ];
}
