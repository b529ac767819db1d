import type { EventDraft, JsonValue } from "@spoor/core";
import { fieldsOf, jsonOf, known, only, textOf } from "../narrow.ts";
import { isKnown } from "./native.ts";
import type { Told } from "./reading.ts";

/** An event that the vocabulary has no word for, on what it is about. */
export function* note(told: Told): Iterable<EventDraft> {
  const { input, head, mark, event } = told;
  const turn = ofSession.has(input.hook_event_name) ? null : told.turn;
  const tool = input.tool_name === undefined ? undefined : event.toolUseId;
  const agent = textOf(input.agent_type) === undefined ? null : told.agent;
  yield {
    ...head,
    type: "native.noted",
    on: textOf(input.tool_use_id) ?? tool ?? agent ?? turn,
    mark,
    name: `hook.${input.hook_event_name}`,
    ...known({ native: factsOf(told) }),
  };
}

/** They happen between turns, even where they name the prompt that they follow from. */
const ofSession: ReadonlySet<string> = new Set([
  "ConfigChange",
  "CwdChanged",
  "DirectoryAdded",
  "FileChanged",
  "InstructionsLoaded",
  "SessionEnd",
  "SessionStart",
]);

const named = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** What may enter the record of an event that the vocabulary has no word for. Whatever is not named here stays out. */
const noteFields = named(
  "cache_ttl command_args command_name context_tokens error error_details from_model message model notification_type permission_mode " +
    "prompt_cache_warm reason requested_model source task_description task_id task_subject teammate_name title to_model tool_name trigger",
);

/** Told by every event, and by its draft. */
const head = named(
  "agent_id agent_type cwd effort hook_event_name prompt_id session_id tool_use_id transcript_path",
);

const fewNames = 32;

/** Of an event that nobody has taught this adapter, also the names of the rest. */
function factsOf({ input, event }: Told): JsonValue | undefined {
  const facts = only(input, noteFields);
  if (isKnown(event)) return facts;
  const rest = Object.keys(input).filter((name) => !noteFields.has(name) && !head.has(name));
  return rest.length === 0
    ? facts
    : jsonOf({ ...fieldsOf(facts), left_out: rest.slice(0, fewNames) });
}
