import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { configFromEnvironment, createObserver } from "@spoor/core";
import { approve, askForTransfer } from "./approval.ts";
import { askTeam } from "./team.ts";
import { askAboutWeather } from "./weather.ts";

const usage = "usage: main.ts [weather | approval | team]";
const [part = "all", thread = `bank-${process.pid}-${Date.now()}`] = process.argv.slice(2);
const place = { thread, checkpoints: join(tmpdir(), `spoor-example-${thread}.checkpoints`) };

const say = (who: string, text: string): void => console.log(`${who}: ${text}`);

switch (part) {
  case "all":
    for (const name of ["weather", "approval", "team"]) inItsOwnProcess(name);
    break;
  case "approval":
    inItsOwnProcess("ask", thread);
    console.log("\n(that process has ended; another one goes on)\n");
    inItsOwnProcess("approve", thread);
    break;
  case "weather":
    await recorded((observer) => askAboutWeather(observer, say));
    break;
  case "ask":
    await recorded((observer) => askForTransfer(observer, place, say));
    break;
  case "approve":
    await recorded((observer) => approve(observer, place, say));
    break;
  case "team":
    await recorded((observer) => askTeam(observer, say));
    break;
  default:
    console.error(usage);
    process.exitCode = 2;
}

/** An observer for one piece of work: what an application makes once, when it starts. */
async function recorded(work: (observer: ReturnType<typeof createObserver>) => Promise<void>) {
  const observer = createObserver({
    ...configFromEnvironment(process.env),
    labels: { environment: "example", agentVersion: "1.0.0" },
  });
  try {
    await work(observer);
  } finally {
    await observer.close();
  }
}

function inItsOwnProcess(...given: readonly string[]): void {
  const self = fileURLToPath(import.meta.url);
  const command = ["--conditions=@spoor/source", self, ...given];
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
  if (status !== 0) process.exitCode = status ?? 1;
}
