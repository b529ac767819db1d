import process from "node:process";
import { ConfigError, resolveConfig, type ResolvedConfig, type ResolveOptions } from "@spoor/core";
import { version } from "../version.ts";
import type { ConfigState, Diagnosis, ExporterState } from "./diagnosis.ts";
import { exporterStates } from "./exporter-state.ts";
import { findingsIn } from "./findings.ts";
import { journalState } from "./journal-state.ts";
import { nodeState } from "./node-state.ts";
import { unusablePrices } from "./unusable-prices.ts";
import { isReachable } from "./reach.ts";
import { shownValue } from "./shown-value.ts";

export interface DiagnoseOptions extends ResolveOptions {
  /** Opens a connection to each destination. Else nothing leaves this machine. */
  readonly connect: boolean;
}

/**
 * What a process with this config would do here, and what keeps it from it. Changes nothing. A config that cannot be used is a finding; the
 * rest is then told as if there were none. Rejects where the file that was named is not there.
 */
export async function diagnose({ connect, ...options }: DiagnoseOptions): Promise<Diagnosis> {
  const { resolved, unusable } = await resolvedOrNot(options);
  const { config } = resolved;
  const bound = resolved.values.find(({ name }) => name === "journal.maxBytes")?.value;
  const journal =
    config.journal === "memory" || config.journal?.dir === undefined
      ? null
      : journalState(config.journal.dir, typeof bound === "number" ? bound : null);
  const exporters = exporterStates(config, journal);
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
    exporters: connect ? await Promise.all(exporters.map(connected)) : exporters,
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

async function connected(exporter: ExporterState): Promise<ExporterState> {
  const { destination } = exporter;
  return destination ? { ...exporter, reachable: await isReachable(destination) } : exporter;
}
