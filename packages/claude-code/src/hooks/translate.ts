import type { EventDraft, Outcome, Translator } from "@spoor/core";
import { beginAgent, endAgent } from "./agents.ts";
import { isQuiet, type HookEvent } from "./native.ts";
import { note } from "./notes.ts";
import { read, type Reading, type Told } from "./reading.ts";
import { beginTool, denyTool, endBatch, endTool } from "./tools.ts";
import {
  beginCompaction,
  beginTurn,
  endCompaction,
  endTurn,
  failureOf,
  tellSession,
} from "./turns.ts";

/** In the stream's words. */
const agentFailure: Outcome = { status: "error", errorType: "agent_failed" };

/** A translator of hook events. Each may be any JSON; what cannot be read says nothing. A fresh one goes on wherever another has stopped. */
export function createTranslator(): Translator<HookEvent> {
  const reading: Reading = { sessions: new Map() };
  return {
    // Gathered at once: what is known must not depend on how far somebody reads.
    translate: (event) => [...translateEvent(reading, event)],
  };
}

function* translateEvent(reading: Reading, event: HookEvent): Iterable<EventDraft> {
  const told = isQuiet(event) ? null : read(reading, event);
  if (told === null) return;
  if (told.session.events === 1) yield tellSession(told);
  const drafts = [...translateTold(told)];
  yield* drafts.length === 0 ? note(told) : drafts;
}

function* translateTold(told: Told): Iterable<EventDraft> {
  switch (told.input.hook_event_name) {
    case "UserPromptSubmit":
      yield* beginTurn(told);
      break;
    case "PreToolUse":
      yield* beginTool(told);
      break;
    case "PostToolUse":
      yield* endTool(told, false);
      break;
    case "PostToolUseFailure":
      yield* endTool(told, true);
      break;
    case "PostToolBatch":
      yield* endBatch(told);
      break;
    case "PermissionDenied":
      yield* denyTool(told);
      break;
    case "SubagentStart":
      yield* beginAgent(told);
      break;
    case "SubagentStop":
      yield* endAgent(told, { status: "ok" });
      break;
    case "Stop":
      yield* endTurn(told, { status: "ok" });
      break;
    case "StopFailure":
      yield* told.agent === null ? endTurn(told, failureOf(told)) : endAgent(told, agentFailure);
      break;
    case "PreCompact":
      yield* beginCompaction(told);
      break;
    case "PostCompact":
      yield* endCompaction(told);
      break;
    default:
      yield* note(told);
  }
}
