import { setTimeout as sleep } from "node:timers/promises";
import { createObserver, type Observer } from "@spoor/core";
import { createPriceBook } from "@spoor/core/cost";
import { askTeam } from "../../examples/langgraph/src/team.ts";
import { askAboutWeather } from "../../examples/langgraph/src/weather.ts";
import { pauseAt } from "../../examples/manual-agent/src/pause.ts";
import { runAgent } from "../../examples/manual-agent/src/run-agent.ts";
import {
  pricesFrom,
  prometheus,
  type PrometheusExporter,
} from "../../packages/core/src/metrics/index.ts";

export interface Agents {
  readonly exporter: PrometheusExporter;
  /** All examples, once. */
  work(): Promise<void>;
  /** A tool that fails again and again. */
  failAtTool(times: number): Promise<void>;
  close(): Promise<void>;
}

const silent = (): void => undefined;

/** The example agents, with prices for their models that nobody sells, watched by a scrape endpoint. */
export function startAgents(): Agents {
  const list = { source: "bundled" as const, from: "nowhere", providers: [] };
  const book = createPriceBook({ list, own: { "*": { input: 3, cacheRead: 0.3, output: 15 } } });
  const exporter = prometheus({ port: 0, service: "examples", cost: pricesFrom(book) });
  const observer = createObserver({
    journal: "memory",
    labels: { environment: "example", feature: "examples" },
    settleMs: 100,
    exporters: [exporter],
  });
  let runs = 0;
  return {
    exporter,
    async work() {
      runs += 1;
      await runAgent(observer, { id: `nightly ${runs}`, pause: pauseAt(0.02), say: silent });
      await askAboutWeather(observer, silent);
      await askTeam(observer, silent);
      await streaming(observer, runs);
      await observer.flush();
    },
    failAtTool: (times) => failing(observer, times),
    close: async () => {
      await observer.close();
    },
  };
}

/** The examples' models answer in one piece, or do not say when the first of several came; and nobody says what they cost. */
async function streaming(observer: Observer, run: number): Promise<void> {
  const session = observer.session({ id: `streaming ${run}` });
  const usage = { input: 100, cacheRead: 50, cacheWrite: 10, output: 900, reasoning: 300 };
  await session.turn({ name: "tell", agent: "teller" }, async (turn) => {
    await turn.model("scripted-stream", { provider: "scripted" }, async (call) => {
      await sleep(5);
      call.note("output.began", {});
      call.usage(usage);
      call.answered({ finishReason: "length" });
    });
    turn.note("usage.reported", { basis: "total", usage, final: true, reportedUsd: 0.02 });
  });
}

async function failing(observer: Observer, times: number): Promise<void> {
  await observer
    .session({ id: "failing" })
    .turn({ name: "fetch", agent: "fetcher" }, async (turn) => {
      for (let time = 0; time < times; time += 1)
        await turn
          .tool("fetch_page", () => Promise.reject(new Error("no such page")))
          .catch(() => null);
    });
  await observer.flush();
}
