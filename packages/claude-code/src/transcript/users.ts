import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { keep } from "../allowed.ts";
import { keptContent, wordsOf } from "../content.ts";
import { fieldsOf, textOf } from "../narrow.ts";
import { endAgent } from "../reduction/agents.ts";
import { tellSummary } from "../reduction/compaction.ts";
import { resultNative } from "../reduction/facts.ts";
import { receive } from "../reduction/marks.ts";
import { at, reach, wait } from "../reduction/session.ts";
import type { Agent, Lane, Turn } from "../reduction/session.ts";
import {
  besidesResults,
  endTool,
  factsBeside,
  interruptWords,
  resultsIn,
} from "../reduction/tools.ts";
import { tellInput } from "../reduction/turns.ts";
import { agentReturned, promptIn } from "./agents.ts";
import { commandIn, outputIn } from "./command-words.ts";
import { endCommand } from "./commands.ts";
import { permissionFacts } from "./facts.ts";
import { tellPrompt } from "./compaction.ts";
import { isCopied } from "./reading.ts";
import type { Line, Thread, TranscriptSession } from "./reading.ts";
import { finish, hear, readPrompt, turnOf } from "./turns.ts";
import { missUsage } from "./uncounted.ts";

/** A user line of the conversation: what tools returned, what a user or the program in a user's name said. */
export function* readUser(
  session: TranscriptSession,
  thread: Thread,
  line: Line,
): Iterable<EventDraft> {
  const { content } = fieldsOf(line.native.message);
  const words = wordsOf(content) ?? "";
  if (resultsIn(content).length > 0) {
    const turn = yield* turnOf(session, line);
    if (yield* readResults(session, turn.lane, line)) yield* missUsage(session, turn);
  } else if (words.startsWith(interruptWords)) {
    const turn = yield* turnOf(session, line);
    yield* hear(session, turn.lane, line);
    yield* finish(session, turn, line, { status: "cancelled" });
  } else if (outputIn(words) !== undefined) {
    yield* endCommand(session, line, outputIn(words));
  } else if (isInTurn(session, line)) {
    yield* readAddition(session, thread, session.turn, line, words);
  } else if (line.native.isMeta === true) {
    session.beforehand.push(line);
  } else {
    yield* readPrompt(session, thread, line);
  }
}

/** What belongs to the prompt of the turn, and what the program adds to it by itself, is no prompt of its own. */
function isInTurn(
  session: TranscriptSession,
  { native }: Line,
): session is TranscriptSession & { readonly turn: Turn } {
  const { turn } = session;
  if (turn === null) return false;
  if (native.isCompactSummary === true) return true;
  const prompt = textOf(native.promptId);
  if (prompt !== undefined && session.prompt !== undefined) return prompt === session.prompt;
  return native.isMeta === true && !turn.ended;
}

function* readAddition(
  session: TranscriptSession,
  thread: Thread,
  turn: Turn,
  line: Line,
  words: string,
): Iterable<EventDraft> {
  const { content } = fieldsOf(line.native.message);
  const { isCompactSummary, promptId, refusedMessageId } = line.native;
  const { call } = turn.lane;
  if (textOf(refusedMessageId) === call?.key && call !== null) call.finishReason ??= "refusal";
  const command = commandIn(words);
  if (command !== undefined) {
    yield* tellInput(session, turn, command);
    return;
  }
  yield* hear(session, turn.lane, line);
  if (isCompactSummary !== true) return;
  const prompt = isCopied(session, thread) ? undefined : textOf(promptId);
  if (session.prompt === undefined && prompt !== undefined) {
    yield* tellPrompt(session, turn, prompt);
  }
  yield* tellSummary(session, turn, keptContent(content));
}

/** A user line among a subagent's: its prompt, what tools returned, or what was said to it later. */
export function* readUserAside(
  session: TranscriptSession,
  agent: Agent,
  line: Line,
): Iterable<EventDraft> {
  const { content } = fieldsOf(line.native.message);
  const { lane } = agent;
  if (resultsIn(content).length > 0) {
    const uncounted = yield* readResults(session, lane, line);
    if (uncounted && agent.turn !== null) yield* missUsage(session, agent.turn);
  } else if (promptIn(line) === undefined) {
    yield* hear(session, lane, line);
    if (wordsOf(content)?.startsWith(interruptWords) === true) {
      yield* endAgent(session, agent, { status: "cancelled" }, at(line.ms));
    }
  }
  wait(lane, line.ms);
}

/** Tools that call a model themselves, which no line counts. */
const calling: ReadonlySet<string> = new Set(["WebFetch", "WebSearch"]);

/** What tools returned, and what was said beside it. Gives whether something was used that no transcript counts. */
function* readResults(
  session: TranscriptSession,
  lane: Lane,
  line: Line,
): Generator<EventDraft, boolean> {
  const { content } = fieldsOf(line.native.message);
  const results = resultsIn(content);
  reach(lane, line.ms);
  const permission = fieldsOf(line.native.permissionDecision);
  const facts = factsBeside(results, line.native.toolUseResult);
  const native = resultNative(keep(permission, permissionFacts), facts);
  let uncounted = false;
  for (const result of results) {
    const tool: Key = textOf(result["tool_use_id"]) ?? "";
    uncounted ||= calling.has(session.tools.get(tool)?.name ?? "");
    yield* agentReturned(session, line, tool);
    yield* endTool(session, lane, line, result, { permission, native });
  }
  const said: JsonValue = keptContent(besidesResults(content));
  if (Array.isArray(said) && said.length > 0)
    yield receive(session, lane.owner, line, "user", said);
  wait(lane, line.ms);
  return uncounted;
}
