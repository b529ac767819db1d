import type { FileCounts } from "./file-counts.ts";
import type { Framework, SessionOfCall } from "./framework.ts";
import { stampOf } from "./plan.ts";
import { readRecording } from "./read-recording.ts";
import type { OpenReading } from "./read-together.ts";
import { openRecording, type RecordingFile } from "./recording-file.ts";

/** Told of each file once. */
export interface ReadingOutcome {
  /** `stamp`: how the file was when it was opened. */
  readonly finished: (path: string, counts: FileCounts, stamp: string) => void;
  readonly failed: (path: string, error: unknown) => void;
}

/** Files that are open until they are closed. */
export interface OpenReadings {
  readonly readings: readonly OpenReading[];
  readonly close: () => void;
}

/** One that cannot be opened has failed. */
export function openReadings(
  paths: readonly string[],
  framework: Framework,
  sessionOf: SessionOfCall,
  { finished, failed }: ReadingOutcome,
): OpenReadings {
  const open: RecordingFile[] = [];
  const readings = paths.flatMap((path): OpenReading[] => {
    try {
      const file = openRecording(path);
      open.push(file);
      const stamp = stampOf(file, framework);
      return [
        {
          steps: readRecording(file, framework, sessionOf),
          finished: (counts) => finished(path, counts, stamp),
          failed: (error) => failed(path, error),
        },
      ];
    } catch (error) {
      failed(path, error);
      return [];
    }
  });
  return {
    readings,
    close: () => {
      for (const file of open) file.close();
    },
  };
}
