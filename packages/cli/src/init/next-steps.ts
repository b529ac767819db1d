import type { Manifest } from "./manifest.ts";
import { packagesFor, type Wiring } from "./wiring.ts";

export interface Begun {
  /** Null: the directory has none. */
  readonly manifest: Manifest | null;
  readonly wirings: readonly Wiring[];
  readonly config: string;
  readonly written: boolean;
}

/** What was done, and what is left to whoever asked. */
export function nextSteps({ manifest, wirings, config, written }: Begun): readonly string[] {
  const missing = packagesFor(wirings).filter((name) => !manifest?.dependencies.includes(name));
  return [
    manifest === null
      ? "There is no package.json here: run this where your agent's is, to have its framework found."
      : `Found in package.json: ${wirings.map(({ title }) => title).join(", ")}.`,
    written ? `Wrote ${config}.` : `Left ${config} as it is.`,
    ...(missing.length > 0 ? ["", "Install:", "", `  npm install ${missing.join(" ")}`] : []),
    ...wirings.flatMap(({ title, lines }) => [
      "",
      wirings.length > 1 ? `Record ${title}:` : "Record it:",
      "",
      ...lines.map((line) => (line === "" ? "" : `  ${line}`)),
    ]),
    "",
    "End the observer before the process ends: await observer.close(). Then:",
    "",
    "  npx spoor doctor        what this config does, and whether something keeps it from that",
    "  npx spoor show latest   what your agent did",
    "",
    `The guide, in Spoor's repository: ${guidesFor(wirings).join(", ")}`,
  ];
}

/** Several frameworks may have one. */
const guidesFor = (wirings: readonly Wiring[]): readonly string[] => [
  ...new Set(wirings.map(({ guide }) => guide)),
];
