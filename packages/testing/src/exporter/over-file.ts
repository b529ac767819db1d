import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Arrival, Destination, OpenDestination } from "./destination.ts";
import { readAsText, type TextOptions } from "./text-options.ts";

export interface FilePlace {
  /** Does not exist yet; its folder does. */
  readonly file: string;
}

/** A file on the real disk. While it fails, a folder of its name lies in its place. */
export function overFile(options: TextOptions): Destination<FilePlace> {
  return {
    ...readAsText(options),
    open: () => Promise.resolve(opened(options.contentType ?? null)),
  };
}

function opened(contentType: string | null): OpenDestination<FilePlace> {
  const folder = mkdtempSync(join(tmpdir(), "spoor-"));
  const file = join(folder, "events");
  const aside = join(folder, "aside");
  return {
    place: { file },
    arrivals: () => arrivalsIn(existsSync(aside) ? aside : file, contentType),
    fails() {
      move(file, aside);
      mkdirSync(file);
      return Promise.resolve();
    },
    works() {
      rmSync(file, { recursive: true });
      move(aside, file);
      return Promise.resolve();
    },
    [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}

function move(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

/** All that it holds is one piece. */
function arrivalsIn(file: string, contentType: string | null): readonly Arrival[] {
  const bytes = existsSync(file) && readFileSync(file);
  return bytes && bytes.byteLength > 0 ? [{ bytes, around: null, contentType }] : [];
}
