import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The line of LangGraph.js under test; absent: the one that the repository has installed. */
export const olderLine: string | undefined = process.env["SPOOR_LANGGRAPH_LINE"];

/**
 * Where a tree is reviewed: in a file that all lines share, as long as they agree. An older line has one of its own only where LangGraph itself
 * behaves differently there.
 */
export function goldenFile(name: string, tree: string): string {
  const file = (suffix: string): string =>
    fileURLToPath(new URL(`./trees/${name}${suffix}.txt`, import.meta.url));
  const shared = file("");
  if (olderLine === undefined || readIfThere(shared) === tree) return shared;
  return file(`.langgraph-${olderLine}`);
}

const readIfThere = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, "utf8") : null;
