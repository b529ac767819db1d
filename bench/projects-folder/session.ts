import {
  answer,
  begin,
  type Doing,
  prompt,
  request,
  toolResult,
  toolUseId,
} from "./conversation.ts";
import { randomFrom } from "./random.ts";
import { textsFrom } from "./texts.ts";
import { useTool } from "./tools.ts";
import { type Speaker, Transcript } from "./transcript.ts";

/** A conversation with the files of its subagents. */
export interface MadeSession {
  readonly id: string;
  readonly lines: readonly string[];
  readonly agents: readonly MadeAgent[];
}

export interface MadeAgent {
  readonly id: string;
  readonly lines: readonly string[];
  readonly metadata: string;
}

const model = "claude-sonnet-5";
const firstDay = Date.UTC(2026, 9, 1, 8);
const hour = 3_600_000;

/** The same for the same number; with more turns its beginning stays what it was. */
export function makeSession(number: number, turns: number): MadeSession {
  const random = randomFrom(number);
  const texts = textsFrom(random);
  const id = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
  const agents: MadeAgent[] = [];
  const doingAs = (speaker: Speaker, startsAt: number): Doing => ({
    transcript: new Transcript(speaker, random, startsAt),
    random,
    texts,
    model,
    context: random.between(12_000, 30_000),
  });
  const main = doingAs({ sessionId: id }, firstDay + number * hour);
  const { transcript } = main;

  const delegate = (): void => {
    const agentId = `a${random.hex(16)}`;
    const toolUse = toolUseId(random);
    const input = {
      description: texts.prose(30),
      prompt: texts.prose(300),
      subagent_type: "Explore",
    };
    answer(
      main,
      request(main),
      [{ type: "tool_use", id: toolUse, name: "Agent", input }],
      "tool_use",
    );
    const agent = doingAs({ sessionId: id, agentId }, transcript.now);
    prompt(agent, { message: { role: "user", content: input.prompt } });
    begin(agent);
    const steps = random.between(3, 14);
    for (let step = 0; step < steps; step += 1) useTool(agent);
    const content = [{ type: "text", text: texts.prose(700) }];
    answer(agent, request(agent), content, "end_turn");
    transcript.wait(agent.transcript.now - transcript.now);
    toolResult(main, toolUse, content, {
      status: "completed",
      agentId,
      agentType: "Explore",
      prompt: input.prompt,
      content,
      totalToolUseCount: steps,
      totalDurationMs: 60_000,
      totalTokens: agent.context,
    });
    const metadata = {
      agentType: "Explore",
      description: input.description,
      toolUseId: toolUse,
      spawnDepth: 1,
    };
    agents.push({ id: agentId, lines: agent.transcript.lines, metadata: JSON.stringify(metadata) });
  };

  const compact = (): void => {
    const preTokens = main.context;
    main.context = 20_000;
    transcript.say("system", {
      subtype: "compact_boundary",
      content: "Conversation compacted",
      isMeta: false,
      compactMetadata: { trigger: "auto", preTokens, postTokens: main.context, durationMs: 31_000 },
    });
    const summary = { role: "user", content: texts.prose(6_000) };
    transcript.say("user", {
      message: summary,
      isCompactSummary: true,
      isVisibleInTranscriptOnly: true,
    });
  };

  transcript.noteNow("queue-operation", { operation: "enqueue" });
  for (let turn = 0; turn < turns; turn += 1) {
    const leafUuid = prompt(main);
    transcript.note("file-history-snapshot", {
      messageId: leafUuid,
      snapshot: { files: texts.prose(400) },
    });
    if (turn === 0) begin(main);
    const steps = random.between(4, 26);
    for (let step = 0; step < steps; step += 1) useTool(main);
    if (random.chance(0.12)) delegate();
    if (main.context > 120_000) compact();
    const words = { type: "text", text: texts.prose(random.between(100, 1_500)) };
    answer(main, request(main), [words], "end_turn");
    transcript.say("system", {
      subtype: "stop_hook_summary",
      hookCount: 1,
      hookErrors: [],
      level: "info",
    });
    transcript.note("last-prompt", { lastPrompt: texts.prose(60), leafUuid });
  }
  return { id, lines: transcript.lines, agents };
}
