import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createObserver, type Observer } from "@spoor/core";
import { askAboutWeather } from "../../../examples/langgraph/src/weather.ts";
import { askTeam } from "../../../examples/langgraph/src/team.ts";
import { runAgent } from "../../../examples/manual-agent/src/run-agent.ts";
import { pauseAt } from "../../../examples/manual-agent/src/pause.ts";
import { recordingOf, runIn } from "../../../packages/cli/src/spoor.fixture.ts";
import { handOverWork } from "./linked.ts";

/** A journal of real sessions. */
export interface Recorded {
  readonly dir: string;
  /** In which nothing else lies. */
  readonly folder: string;
  delete(): void;
}

/** Claude Code at work with subagents, failing tools, retries, thinking, several turns and a compaction. */
const scenarios = [
  "d-tool-failure-retry",
  "e2-subagents-parallel",
  "f-thinking",
  "g-overloaded-then-ok",
  "k-multi-turn",
  "l-compact",
];

const unheard = (): void => {};

/** Everything that records, into one journal: Claude Code's history by the command, LangGraph by callbacks, an agent by hand. */
export async function recordedSessions(): Promise<Recorded> {
  const folder = mkdtempSync(join(tmpdir(), "spoor-interop-"));
  const dir = join(folder, ".spoor");
  const { code, stderr } = await runIn(folder, [
    "import",
    "claude-code",
    ...scenarios.map(recordingOf),
    "--dir",
    dir,
  ]);
  if (code !== 0) throw new Error(`the import failed: ${stderr}`);
  await recordedIn(dir, (observer) => askAboutWeather(observer, unheard));
  await recordedIn(dir, (observer) => askTeam(observer, unheard));
  await recordedIn(dir, (observer) =>
    runAgent(observer, { id: "nightly", pause: pauseAt(0), say: unheard }),
  );
  await recordedIn(dir, handOverWork);
  return { dir, folder, delete: () => rmSync(folder, { recursive: true, force: true }) };
}

async function recordedIn(dir: string, work: (observer: Observer) => Promise<void>): Promise<void> {
  const observer = createObserver({ journal: { dir } });
  await work(observer);
  await observer.close();
}
