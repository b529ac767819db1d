import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { BadInput } from "../bad-input.ts";
import type { Io } from "../io.ts";

/** A checkpointer, and how to let go of what it holds. */
export interface LoadedCheckpointer {
  readonly saver: object;
  readonly close: () => Promise<void>;
}

/**
 * The default export of a module: a checkpointer, or a function that makes one. Throws `BadInput` where the file is missing, cannot be run, or exports
 * something else.
 */
export async function loadCheckpointer(file: string, io: Io): Promise<LoadedCheckpointer> {
  const path = resolve(io.cwd, file);
  if (!existsSync(path))
    throw new BadInput(
      `there is no file ${path}: name a module whose default export is your checkpointer`,
    );
  const saver = await made(path);
  if (typeof saver !== "object" || saver === null)
    throw new BadInput(
      `${path} has no checkpointer for its default export: export default new PostgresSaver(…), or a function that makes it`,
    );
  return { saver, close: () => closed(saver) };
}

async function made(path: string): Promise<unknown> {
  try {
    const { default: given } = (await import(pathToFileURL(path).href)) as {
      readonly default?: unknown;
    };
    return typeof given === "function" ? await (given as () => unknown)() : given;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(`${path} could not be run: ${why}`);
  }
}

/** By the names that checkpointers have for it: an open connection would keep the command from ending. */
async function closed(saver: object): Promise<void> {
  const { end, close } = saver as Readonly<Record<string, unknown>>;
  const lets = typeof end === "function" ? end : close;
  if (typeof lets === "function") await (lets as () => unknown).call(saver);
}
