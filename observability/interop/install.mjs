import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../../interop/otel/install/cache.mjs";
import { failureOf } from "../../interop/otel/install/command.mjs";

/** Prometheus, its promtool and Alertmanager from Debian's packages, unpacked and not installed: `{ path }`, or `{ missing }` and why. */
export function prometheus() {
  const path = cached("prom");
  if (existsSync(join(path, "usr/bin/promtool"))) return { path };
  mkdirSync(path, { recursive: true });
  const packages = ["prometheus", "prometheus-alertmanager"];
  const failure = failureOf("apt-get", ["download", "-q", ...packages], { cwd: path });
  if (failure !== null) return { missing: `Prometheus could not be had from Debian: ${failure}` };
  for (const file of readdirSync(path).filter((name) => name.endsWith(".deb"))) {
    const broken = failureOf("dpkg", ["-x", file, "."], { cwd: path });
    if (broken !== null) return { missing: `${file} could not be unpacked: ${broken}` };
  }
  return { path };
}

/** The types that a dashboard is checked with. */
export function grafanaSchema() {
  const path = cached("grafana");
  const module = join(path, "node_modules/@grafana/schema/package.json");
  if (existsSync(module)) return { path };
  mkdirSync(path, { recursive: true });
  const failure = failureOf("npm", [
    "install",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--loglevel=error",
    "--prefix",
    path,
    "@grafana/schema@13.2.3",
  ]);
  return failure === null
    ? { path }
    : { missing: `npm could not install @grafana/schema: ${failure}` };
}
