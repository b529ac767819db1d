import { defaults, type LaneRetention, retainLanes, routeOf } from "@spoor/core";
import { BadInput } from "../bad-input.ts";
import { configHere } from "../config-here.ts";
import type { Io } from "../io.ts";

/** Applies the retention of the config of this directory to the free lanes of a folder. Throws `BadInput` where there is none. */
export async function retentionsIn(
  dir: string,
  isDryRun: boolean,
  io: Io,
): Promise<readonly LaneRetention[]> {
  const config = await configHere(io);
  const { retention, seal } = typeof config.journal === "object" ? config.journal : {};
  if (!retention)
    throw new BadInput(
      'your config says nothing about retention, so everything stays: say journal.retention, such as { warmAfter: "90d", coldAfter: "1y" }',
    );
  const lanes: LaneRetention[] = [];
  const each = retainLanes({
    dir,
    retention,
    exporters: (config.exporters ?? []).map((exporter) => routeOf(exporter).to.name),
    isToBeSealed: seal !== undefined,
    abandonAfterMs: config.abandonAfterMs ?? defaults.abandonAfterMs,
    isDryRun,
    clock: io.now,
  });
  for await (const lane of each) lanes.push(lane);
  return lanes;
}
