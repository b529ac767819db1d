import type { Journal } from "@spoor/core";
import type { Framework, Surroundings } from "./framework.ts";
import { openRecording } from "./recording-file.ts";

/** What the files of an import hold, and what was recorded before. One that cannot be read holds nothing here: it is said where it is to be recorded. */
function surroundingsOf(
  paths: readonly string[],
  framework: Framework,
  journal: Journal,
): Surroundings {
  return {
    files: again(function* () {
      for (const path of paths) yield linesIn(path, framework);
    }),
    entries: again(function* () {
      for (const { line } of journal.reader().entries()) yield line;
    }),
  };
}

/** The framework that reads each file with what the others tell, where it can. */
export function readingTogether(
  framework: Framework,
  paths: readonly string[],
  journal: Journal,
): Framework {
  const { together } = framework;
  return together === undefined || paths.length === 0
    ? framework
    : { ...framework, reader: together(surroundingsOf(paths, framework, journal)) };
}

const again = <Item>(iterate: () => Iterator<Item>): Iterable<Item> => ({
  [Symbol.iterator]: iterate,
});

function* linesIn(path: string, framework: Framework): Generator<string> {
  const file = openedIfPossible(path);
  if (file === null) return;
  try {
    for (const { text } of framework.lines(file)) if (text !== null) yield text;
  } catch {
    return;
  } finally {
    file.close();
  }
}

function openedIfPossible(path: string): ReturnType<typeof openRecording> | null {
  try {
    return openRecording(path);
  } catch {
    return null;
  }
}
