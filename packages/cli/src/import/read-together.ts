import type { FileCounts } from "./file-counts.ts";
import type { Step } from "./read-recording.ts";

/** A file that is read together with others. */
export interface OpenReading {
  readonly steps: Iterator<Step, FileCounts>;
  /** Told when all of it was passed on: what there was in it. */
  readonly finished: (counts: FileCounts) => void;
  /** Told instead where it could not be read to its end. */
  readonly failed: (error: unknown) => void;
}

interface Waiting {
  readonly reading: OpenReading;
  step: Step;
}

/**
 * The lines of files that were written beside each other, in the order of time as far as they tell it, and within each file in its own: what was
 * known first is then recorded first, also where the files are read again when they have grown. A file that fails costs nobody the others.
 */
export function* readTogether(readings: readonly OpenReading[]): Generator<Step> {
  let waiting = readings.flatMap((reading): Waiting[] => {
    const step = nextStep(reading);
    return step === null ? [] : [{ reading, step }];
  });
  for (let first = earliest(waiting); first; first = earliest(waiting)) {
    yield first.step;
    const next = nextStep(first.reading);
    if (next) first.step = next;
    else waiting = waiting.filter((other) => other !== first);
  }
}

/** Null: it is over, which is told. */
function nextStep({ steps, finished, failed }: OpenReading): Step | null {
  try {
    const next = steps.next();
    if (next.done !== true) return next.value;
    finished(next.value);
  } catch (error) {
    failed(error);
  }
  return null;
}

/** Of those at the same time the first. */
function earliest(waiting: readonly Waiting[]): Waiting | undefined {
  const [first, ...others] = waiting;
  return others.length === 0
    ? first
    : others.reduce<Waiting | undefined>(
        (least, other) => (least && least.step.time <= other.step.time ? least : other),
        first,
      );
}
