import type { SessionView, Span } from "@spoor/core";
import { beforeAll, describe, expect, test } from "vitest";
import { agentSdk, type AgentSdk, whyNotLive } from "./agent-sdk.ts";
import { outlineOf, usedBy, usedIn } from "./outline.ts";
import { type ObservedRun, type Run, runBare, runObserved, type Scenario } from "./run.ts";
import { asks, says, type ScriptedAnswer } from "./scripted-answer.ts";

/** With the real SDK and its real program, against a scripted Messages API on this machine. */
describe.skipIf(whyNotLive !== null)(
  whyNotLive === null ? "live" : `live tests were not run: ${whyNotLive}`,
  { timeout: 120_000 },
  () => {
    let sdk: AgentSdk;
    beforeAll(async () => {
      sdk = await agentSdk();
    });

    /** Runs it with and without an observer: neither the application nor the model may see a difference. */
    async function bothWays(scenario: Scenario): Promise<ObservedRun> {
      const bare = await runBare(sdk, scenario);
      const observed = await runObserved(sdk, scenario);
      expect(seenIn(observed)).toEqual(seenIn(bare));
      expect(observed.thrown).toEqual(bare.thrown);
      expect(observed.hooks.toSorted()).toEqual(bare.hooks.toSorted());
      expect(observed.given.map(({ message_id }) => message_id).toSorted()).toEqual(
        bare.given.map(({ message_id }) => message_id).toSorted(),
      );
      expect([observed.unexpected, observed.refusal]).toEqual([[], null]);
      const turns = observed.sessions.flatMap(({ spans }) => spans.filter(isTurn));
      expect(turns.filter(({ key }) => !key.startsWith("turn@"))).toEqual([]);
      return observed;
    }

    test("a loop of tools", async () => {
      const ran = await bothWays({
        prompt: () => "What is in the notes?",
        script: {
          "": [
            asks(["toolu_ls", "Bash", { command: "ls", description: "List files" }]),
            asks(["toolu_cat", "Read", { file_path: "notes.txt" }]),
            says("Greek letters."),
          ],
        },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > Bash ok ← msg_main_1",
        "turn 0 > Read ok ← msg_main_2",
        "turn 0 > msg_main_1 ok",
        "turn 0 > msg_main_2 ok",
        "turn 0 > msg_main_3 ok",
        "turn 0 ok: What is in the notes? → Greek letters.",
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
    });

    test("tools beside each other", async () => {
      const ran = await bothWays({
        prompt: () => "Look twice.",
        script: {
          "": [
            asks(
              ["toolu_one", "Read", { file_path: "notes.txt" }],
              ["toolu_two", "Bash", { command: "wc -l notes.txt", description: "Count" }],
            ),
            says("Three lines."),
          ],
        },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > Bash ok ← msg_main_1",
        "turn 0 > Read ok ← msg_main_1",
        "turn 0 > msg_main_1 ok",
        "turn 0 > msg_main_2 ok",
        "turn 0 ok: Look twice. → Three lines.",
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
    });

    test("a subagent, whose last words the stream does not tell", async () => {
      const ran = await bothWays({
        prompt: () => "Have it summarised.",
        script: {
          "": [delegates({ background: false }), says("It says: three letters.")],
          SUBTASK: subagent,
        },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > Agent > general-purpose > Read ok ← msg_SUBTASK_1",
        "turn 0 > Agent > general-purpose > msg_SUBTASK_1 ok",
        "turn 0 > Agent > general-purpose ok",
        "turn 0 > Agent ok ← msg_main_1",
        "turn 0 > msg_main_1 ok",
        "turn 0 > msg_main_2 ok",
        "turn 0 ok: Have it summarised. → It says: three letters.",
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
    });

    test("a subagent in the background, whose end sets off a turn", async () => {
      const ran = await bothWays({
        prompt: () => "Have it summarised meanwhile.",
        script: {
          "": [delegates({ background: true }), says("It is under way."), says("It is done.")],
          SUBTASK: subagent,
        },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > Agent > general-purpose > Read ok ← msg_SUBTASK_1",
        "turn 0 > Agent > general-purpose > msg_SUBTASK_1 ok",
        "turn 0 > Agent > general-purpose > msg_SUBTASK_2 ok",
        "turn 0 > Agent > general-purpose ok",
        "turn 0 > Agent ok ← msg_main_1",
        "turn 0 > msg_main_1 ok",
        "turn 0 > msg_main_2 ok",
        "turn 0 ok: Have it summarised meanwhile. → It is under way.",
        "turn 1 > msg_main_3 ok",
        "turn 1 ok: <task-notification> → It is done. ← general-purpose",
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
    });

    test("a subagent, whose last words the transcript tells as it is written", async () => {
      const ran = await bothWays({
        prompt: () => "Have it summarised.",
        transcript: true,
        script: {
          "": [delegates({ background: false }), says("It says: three letters.")],
          SUBTASK: subagent,
        },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > Agent > general-purpose > Read ok ← msg_SUBTASK_1",
        "turn 0 > Agent > general-purpose > msg_SUBTASK_1 ok",
        "turn 0 > Agent > general-purpose > msg_SUBTASK_2 ok",
        "turn 0 > Agent > general-purpose ok",
        "turn 0 > Agent ok ← msg_main_1",
        "turn 0 > msg_main_1 ok",
        "turn 0 > msg_main_2 ok",
        'turn 0 ok: [{"type":"text","text":"Have it summarised."}] → It says: three letters.',
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
      expect(ran.sessions.flatMap(callsWithPlaceholders)).toEqual([]);
    });

    test("a permission that is not given", async () => {
      const ran = await bothWays({
        prompt: () => "Delete the notes.",
        options: { canUseTool: async () => ({ behavior: "deny", message: "Leave them." }) },
        script: {
          "": [
            asks(["toolu_rm", "Bash", { command: "rm notes.txt", description: "Delete" }]),
            says("I may not."),
          ],
        },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > Bash permission_denied ← msg_main_1",
        "turn 0 > msg_main_1 ok",
        "turn 0 > msg_main_2 ok",
        "turn 0 ok: Delete the notes. → I may not.",
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
    });

    test("an abort while a tool runs: what nobody saw ending is open", async () => {
      const controllers: AbortController[] = [];
      const ran = await bothWays({
        prompt: () => "Wait for more notes.",
        get options() {
          const abortController = new AbortController();
          controllers.push(abortController);
          return { abortController, allowedTools: ["Bash"] };
        },
        onMessage: (message) => {
          if (typeOf(message) === "assistant") setTimeout(() => controllers.at(-1)?.abort(), 700);
        },
        script: {
          "": [asks(["toolu_wait", "Bash", { command: "tail -f notes.txt", description: "Wait" }])],
        },
      });
      expect(ran.thrown).toContain("aborted");
      expect(outlineOf(ran)).toEqual([
        "turn 0 > Bash open ← msg_main_1",
        "turn 0 > msg_main_1 open",
        "turn 0 open: Wait for more notes. → null",
      ]);
    });

    test("leaving early: what nobody saw ending is open", async () => {
      const ran = await bothWays({
        prompt: () => "Look.",
        leaves: (message) => typeOf(message) === "assistant",
        script: {
          "": [asks(["toolu_ls", "Bash", { command: "ls", description: "List files" }]), says("!")],
        },
      });
      expect(outlineOf(ran).slice(-1)).toEqual(["turn 0 open: Look. → null"]);
    });

    test("a conversation that another process goes on with", async () => {
      const ran = await bothWays({
        prompt: () => "Remember 42.",
        next: (session) => ({ prompt: () => "Which number?", options: { resume: session } }),
        script: { "": [says("I will."), says("42.")] },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > msg_main_1 ok",
        "turn 0 ok: Remember 42. → I will.",
        "turn 1 > msg_main_2 ok",
        "turn 1 ok: Which number? → 42.",
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
    });

    test("prompts that come one by one", async () => {
      const answers: (() => void)[] = [];
      const ran = await bothWays({
        prompt: async function* () {
          yield userSays("One.");
          await new Promise<void>((resolve) => answers.push(resolve));
          yield userSays("Two.");
        },
        onMessage: (message) => {
          if (typeOf(message) === "result") answers.at(-1)?.();
        },
        script: { "": [says("First."), says("Second.")] },
      });
      expect(outlineOf(ran)).toEqual([
        "turn 0 > msg_main_1 ok",
        "turn 0 ok: One. → First.",
        "turn 1 > msg_main_2 ok",
        "turn 1 ok: Two. → Second.",
      ]);
      expect(usedIn(ran)).toEqual(usedBy(ran.given));
    });
  },
);

const typeOf = (message: unknown): string => (message as { readonly type: string }).type;

const userSays = (content: string): object => ({
  type: "user",
  message: { role: "user", content },
  parent_tool_use_id: null,
});

const delegates = ({ background }: { readonly background: boolean }): ScriptedAnswer =>
  asks([
    "toolu_spawn",
    "Agent",
    {
      description: "Summarise",
      prompt: "SUBTASK: summarise the notes.",
      subagent_type: "general-purpose",
      run_in_background: background,
    },
  ]);

const subagent: readonly ScriptedAnswer[] = [
  asks(["toolu_sub", "Read", { file_path: "notes.txt" }]),
  says("Three letters."),
];

const callsWithPlaceholders = ({ spans }: SessionView): readonly string[] =>
  spans.filter(({ kind, usageFinal }) => kind === "model" && !usageFinal).map(({ key }) => key);

const isTurn = ({ kind }: Span): boolean => kind === "turn";

/** Lanes run beside each other, so what they say comes in any order. */
const seenIn = ({ messages }: Run): readonly string[] =>
  messages.map((message) => JSON.stringify(message, null, 1)).toSorted();
