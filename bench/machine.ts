import { readdirSync, readFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import process from "node:process";

/** Where figures come from: what they mean elsewhere depends on it. */
export interface Machine {
  readonly system: string;
  readonly processors: string;
  readonly memory: string;
  readonly node: string;
  /** What stands beside us in some cases, by name. */
  readonly peers: Readonly<Record<string, string>>;
}

export function thisMachine(): Machine {
  const processors = cpus();
  return {
    system: `${platform()} ${arch()}`,
    processors: `${processors.length} × ${processors[0]?.model ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.versions.node,
    peers: peers(),
  };
}

/** Of every case that has peers, as their lock files pin them, and those that the repository has for other reasons. */
function peers(): Readonly<Record<string, string>> {
  const folder = new URL(".", import.meta.url);
  const manifests = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /^[^/\\]+[/\\]peers[/\\]package\.json$/.test(name))
    .map((name) => dependenciesIn(new URL(name.replaceAll("\\", "/"), folder), "dependencies"));
  const ours = dependenciesIn(new URL("../package.json", import.meta.url), "devDependencies");
  const named = Object.entries(ours).filter(([name]) => /^ccusage$|^@opentelemetry\//.test(name));
  const pinned = [...named, ...manifests.flatMap((manifest) => Object.entries(manifest))];
  return Object.fromEntries(pinned.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function dependenciesIn(manifest: URL, kind: string): Readonly<Record<string, string>> {
  const read: Readonly<Record<string, Record<string, string>>> = JSON.parse(
    readFileSync(manifest, "utf8"),
  );
  return read[kind] ?? {};
}

/** For people, before a table. */
export function machineLines({
  system,
  processors,
  memory,
  node,
  peers: versions,
}: Machine): string {
  const beside = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${system}, ${processors}, ${memory}, Node ${node}`,
    `beside us: ${beside.join(", ")}`,
  ].join("\n");
}
