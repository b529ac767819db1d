import { join } from "node:path";
import {
  createObserver,
  type DeliveryReport,
  type EventExporter,
  type SpanExporter,
} from "@spoor/core";
import { askTeam } from "../../../examples/langgraph/src/team.ts";
import { askAboutWeather } from "../../../examples/langgraph/src/weather.ts";
import { pauseAt } from "../../../examples/manual-agent/src/pause.ts";
import { runAgent } from "../../../examples/manual-agent/src/run-agent.ts";

export interface WatchedSessions {
  /** Their journal. */
  readonly dir: string;
  readonly folder: string;
  /** By the names of the exporters. */
  readonly reports: Readonly<Record<string, DeliveryReport>>;
}

const unheard = (): void => {};

/** The examples at work, while these exporters send what they do, in more than one batch. */
export async function watchedSessions(
  folder: string,
  exporters: readonly (EventExporter | SpanExporter)[],
): Promise<WatchedSessions> {
  const dir = join(folder, ".spoor");
  const observer = createObserver({ journal: { dir }, exporters: [...exporters], settleMs: 100 });
  await runAgent(observer, { id: "nightly", pause: pauseAt(0), say: unheard });
  await observer.flush();
  await askAboutWeather(observer, unheard);
  await askTeam(observer, unheard);
  const reports = await observer.flush();
  await observer.close();
  return { dir, folder, reports };
}
