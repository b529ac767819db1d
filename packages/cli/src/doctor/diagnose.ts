import { resolve } from "node:path";
import process from "node:process";
import {
  ConfigError,
  type Environment,
  type Exporter,
  resolveConfig,
  type ResolvedConfig,
  type ResolveOptions,
  routesOf,
} from "@spoor/core";
import { version } from "../version.ts";
import type { ConfigState, Diagnosis, ExporterState } from "./diagnosis.ts";
import { exporterStates } from "./exporter-state.ts";
import { findingsIn } from "./findings.ts";
import { journalState } from "./journal-state.ts";
import { nodeState } from "./node-state.ts";
import { otherFolders } from "./other-folders.ts";
import { unusablePrices } from "./unusable-prices.ts";
import { goesThroughProxy, isReachable, troubleOf } from "./reach.ts";
import { shownValue } from "./shown-value.ts";

export interface DiagnoseOptions extends ResolveOptions {
  /** Opens a connection to each destination, and asks those that can be asked. Else nothing leaves this machine. */
  readonly connect: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What a process with this config would do here, and what keeps it from it. Changes nothing. A config that cannot be used is a finding; the
 * rest is then told as if there were none. Rejects where the file that was named is not there.
 */
export async function diagnose({ connect, now, ...options }: DiagnoseOptions): Promise<Diagnosis> {
  const { resolved, unusable } = await resolvedOrNot(options);
  const { config } = resolved;
  const { environment = process.env } = options;
  const bound = resolved.values.find(({ name }) => name === "journal.maxBytes")?.value;
  const journal =
    config.journal === "memory" || config.journal?.dir === undefined
      ? null
      : journalState({
          dir: config.journal.dir,
          otherDirs: otherFolders(resolved, environment, resolve(options.dir ?? process.cwd())),
          maxBytes: typeof bound === "number" ? bound : null,
          sealed: config.journal.seal !== undefined,
          now,
        });
  const routes = routesOf(config.exporters ?? []);
  const exporters = exporterStates(routes, journal);
  const facts = {
    spoor: { version: version() },
    node: nodeState(process.versions.node),
    config: {
      file: resolved.file,
      unusable,
      unusablePrices: await unusablePrices(config.prices),
      values: resolved.values.map(shownValue),
      refused: resolved.refused,
      switches: resolved.switches,
    },
    journal,
    exporters: await Promise.all(
      exporters.map((state, place) =>
        looked(state, routes[place]?.to, connect ? environment : null),
      ),
    ),
  };
  return { ...facts, findings: findingsIn(facts) };
}

interface Attempt {
  readonly resolved: ResolvedConfig;
  readonly unusable: ConfigState["unusable"];
}

async function resolvedOrNot(options: ResolveOptions): Promise<Attempt> {
  try {
    return { resolved: await resolveConfig(options), unusable: null };
  } catch (error) {
    if (!ConfigError.is(error) || error.code === "NOT_FOUND") throw error;
    const resolved = await resolveConfig({ ...options, file: null });
    return { resolved, unusable: { message: error.message, fix: error.fix } };
  }
}

/** An exporter without an address has not been made: it can tell why, and asks nobody. `from`: the environment to connect from; null: nobody is asked. */
async function looked(
  state: ExporterState,
  exporter: Exporter | undefined,
  from: Environment | null,
): Promise<ExporterState> {
  const { destination } = state;
  if (destination === "") return { ...state, trouble: await troubleOf(exporter) };
  if (destination === null || from === null) return state;
  const reachable = goesThroughProxy(from) ? null : await isReachable(destination);
  return { ...state, reachable, trouble: reachable === false ? null : await troubleOf(exporter) };
}
