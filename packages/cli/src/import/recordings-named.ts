import { statSync } from "node:fs";
import { BadInput } from "../bad-input.ts";
import { reasonOf } from "../printing/file-failure.ts";
import type { Io } from "../io.ts";
import type { FileGroup, Framework } from "./framework.ts";
import { writtenBySpoor } from "./read-recording.ts";
import { openRecording } from "./recording-file.ts";
import { noRecording, ownRecord, recordingKind } from "./recording-kind.ts";
import { type Broken, sourceFiles } from "./source-files.ts";

export interface Recordings {
  readonly groups: readonly FileGroup[];
  /** Folders that could not be looked into. */
  readonly broken: readonly Broken[];
}

/**
 * The files that are meant: those named, else all that the framework keeps by itself. `BadInput` where there are none, and where one that was
 * named by itself cannot be read or is no recording.
 */
export function recordingsNamed(
  names: readonly string[],
  framework: Framework,
  { cwd, env }: Io,
): Recordings {
  const { paths, named, broken } = sourceFiles(
    names.length > 0 ? names : [historyOf(framework, env)],
    framework.endings,
    cwd,
  );
  for (const path of named) checkRecording(path, framework);
  return { groups: framework.groups(paths), broken };
}

function historyOf({ title, history }: Framework, env: Io["env"]): string {
  if (history === null)
    throw new BadInput(`${title} keeps nothing on this machine: name files or folders to import`);
  const folder = history.folderIn(env);
  if (folder !== null && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  const where = folder === null ? "this environment names no home" : `there is no folder ${folder}`;
  throw new BadInput(
    `${where}, where ${title} keeps what was said: name files or folders to import, or set ${history.variable} to its folder`,
  );
}

function checkRecording(path: string, framework: Framework): void {
  const kind = kindOf(path, framework);
  if (kind === ownRecord) throw new BadInput(`${path}: ${writtenBySpoor}`);
  if (kind === noRecording)
    throw new BadInput(
      `${path} is no recording of ${framework.title}: no line of it is one (what is compressed has to be unpacked first)`,
    );
}

function kindOf(path: string, framework: Framework): string | null {
  try {
    const file = openRecording(path);
    try {
      return recordingKind(file, framework);
    } finally {
      file.close();
    }
  } catch (error) {
    throw new BadInput(`${path} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
