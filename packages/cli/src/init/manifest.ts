import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "@spoor/core";
import { BadInput } from "../bad-input.ts";

/** What a package.json says of its project, as far as it matters to whoever sets Spoor up in it. */
export interface Manifest {
  /** Names of all that the project depends on, in whatever way. */
  readonly dependencies: readonly string[];
  /** Whether files that end in `.ts` are modules in it. */
  readonly isModule: boolean;
}

const kindsOfDependencies = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
];

/** The manifest in a folder. Null: there is none. Throws `BadInput` where it cannot be read. */
export function readManifest(folder: string): Manifest | null {
  const path = join(folder, "package.json");
  const text = textOf(path);
  if (text === null) return null;
  const manifest = parsed(path, text);
  return {
    dependencies: kindsOfDependencies.flatMap((kind) => namesIn(manifest[kind])),
    isModule: manifest["type"] === "module",
  };
}

const namesIn = (dependencies: unknown): readonly string[] =>
  isRecord(dependencies) ? Object.keys(dependencies) : [];

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new BadInput(`${path} cannot be read: let this user read it`, { cause: error });
  }
}

function parsed(path: string, text: string): Readonly<Record<string, unknown>> {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new BadInput(`${path} is not JSON: correct it, then run spoor init again`, {
      cause: error,
    });
  }
  if (isRecord(manifest)) return manifest;
  throw new BadInput(`${path} is not a manifest: it should hold one JSON object`);
}
