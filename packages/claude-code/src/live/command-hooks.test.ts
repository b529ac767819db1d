import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { agentSdk, whyNotLive } from "./agent-sdk.ts";
import { sandbox } from "./sandbox.ts";
import { asks, says } from "./scripted-answer.ts";
import { scriptedMessagesApi } from "./scripted-messages-api.ts";

const command = fileURLToPath(new URL("../../../cli/src/", import.meta.url));
const spoor = [process.execPath, "--conditions=@spoor/source"] as const;

/** At the end of a turn nobody waits, and a program that ends does not wait for those who listen on the side. */
const events = {
  aside: [
    "SessionStart",
    "UserPromptSubmit",
    "PreToolUse",
    "PostToolUse",
    "PostToolUseFailure",
    "PostToolBatch",
    "SubagentStart",
  ],
  waited: ["SubagentStop", "Stop", "StopFailure", "SessionEnd"],
};

/** Starting from the sources takes seconds where many do it at once; installed it takes a tenth of one. */
const settle = 4_000;

describe.skipIf(whyNotLive !== null)("live, by command hooks", { timeout: 120_000 }, () => {
  test("a session is a tree by itself, and the transcript adds its model calls to the same tree", async () => {
    using box = sandbox();
    await using api = await scriptedMessagesApi({
      "": [
        asks(["toolu_ls", "Bash", { command: "ls", description: "List files" }]),
        asks([
          "toolu_spawn",
          "Agent",
          {
            description: "Look",
            prompt: "SUBTASK: look.",
            subagent_type: "general-purpose",
            run_in_background: false,
          },
        ]),
        says("Three letters."),
      ],
      SUBTASK: [asks(["toolu_sub", "Read", { file_path: "notes.txt" }]), says("Three.")],
    });
    const dir = join(box.workspace, ".spoor");
    const env = box.environment(api.url);
    const told = `${[...spoor, join(command, "hook", "main.ts")].join(" ")} hook claude-code --dir ${dir}`;
    const hook = (isAside: boolean): object => ({
      hooks: [{ type: "command", command: told, ...(isAside ? { async: true } : {}) }],
    });
    const hooks = Object.fromEntries([
      ...events.aside.map((event) => [event, [hook(true)]]),
      ...events.waited.map((event) => [event, [hook(false)]]),
    ]);
    writeFileSync(join(env["CLAUDE_CONFIG_DIR"] ?? "", "settings.json"), JSON.stringify({ hooks }));
    const sdk = await agentSdk();
    const options = { cwd: box.workspace, env, settingSources: ["user"] };
    for await (const message of sdk.query({ prompt: "Have a look.", options })) void message;
    await new Promise((resolve) => setTimeout(resolve, settle));

    const show = (): Shown => JSON.parse(run(dir, "show", "latest", "--json"));
    const heard = show();
    expect(heard.turns).toMatchObject([
      { status: "ok", input: "Have a look.", output: "Three letters." },
    ]);
    expect(heard.unplaced).toEqual([]);

    run(dir, "import", "claude-code", join(env["CLAUDE_CONFIG_DIR"] ?? "", "projects"));
    const whole = show();
    expect(whole.turns).toHaveLength(1);
    expect(whole.unplaced).toEqual([]);
    expect(whole.session).toMatchObject({ modelCalls: 5, toolCalls: 3, usageComplete: true });
    expect(whole.session.usage.output).toBe(
      api.given.reduce((sum, { usage }) => sum + usage.output_tokens, 0),
    );
  });
});

interface Shown {
  readonly session: { readonly usage: { readonly output: number } };
  readonly turns: readonly object[];
  readonly unplaced: readonly object[];
}

function run(dir: string, ...args: readonly string[]): string {
  const [node, ...flags] = spoor;
  const ran = spawnSync(node, [...flags, join(command, "cli.ts"), ...args, "--dir", dir], {
    encoding: "utf8",
    timeout: 30_000,
    env: { PATH: process.env["PATH"] },
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}
