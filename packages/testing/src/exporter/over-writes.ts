import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { idsArrived, idsOf } from "./arrived.ts";
import { failureOf } from "./attempt.ts";
import type { Arrival, Destination, OpenDestination, Subject } from "./destination.ts";
import { exampleOf, exportOf } from "./example.ts";
import { readAsText, type TextOptions } from "./text-options.ts";

/** Where an exporter that writes writes to. */
export interface WritePlace {
  readonly write: (text: string) => void;
}

interface Sink extends OpenDestination<WritePlace> {
  /** The write of that number from now on throws, counted from 0; the others do not. */
  failsAt(write: number): void;
}

/** A sink in memory that can be told to throw, at any one write or at all of them. */
export function overWrites(options: TextOptions): Destination<WritePlace> {
  const { contentType = null } = options;
  return {
    ...readAsText(options),
    open: () => Promise.resolve(sink(contentType)),
    laws: (subject) => writeLaws(subject, contentType),
  };
}

/** Each write is a line, or more than one, and never a part of one. */
function sink(contentType: string | null): Sink {
  const arrivals: Arrival[] = [];
  let failing: ((write: number) => boolean) | null = null;
  let writes = 0;
  const failsFor = (when: typeof failing): void => {
    failing = when;
    writes = 0;
  };
  return {
    place: {
      write(text) {
        writes += 1;
        if (failing?.(writes - 1)) throw new Error("no space left on device");
        arrivals.push({ bytes: Buffer.from(text), around: null, contentType });
      },
    },
    arrivals: () => arrivals,
    fails: () => Promise.resolve(failsFor(() => true)),
    works: () => Promise.resolve(failsFor(null)),
    failsAt: (at) => failsFor((write) => write === at),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function writeLaws({ make, destination }: Subject<WritePlace>, contentType: string | null): void {
  test("writes whole lines", async () => {
    const open = sink(contentType);
    await exportOf(make(open.place), exampleOf());
    const torn = open.arrivals().filter(({ bytes }) => !String(bytes).endsWith("\n"));
    expect(torn).toEqual([]);
  });

  test("a batch that failed at any of its writes arrives whole when it comes again", async () => {
    const whole = sink(contentType);
    const example = exampleOf();
    await exportOf(make(whole.place), example);
    for (const at of whole.arrivals().keys()) {
      const open = sink(contentType);
      const exporter = make(open.place);
      open.failsAt(at);
      expect(await failureOf(exporter, example)).toMatchObject({ retry: "same", answered: false });
      await exportOf(exporter, example);
      const lines = linesOf(open.arrivals());
      expect(linesOf(whole.arrivals()).filter((line) => !lines.includes(line))).toEqual([]);
      expect(idsArrived(destination, open)).toEqual(idsOf(destination, exporter, example));
    }
  });
}

const linesOf = (arrivals: readonly Arrival[]): readonly string[] =>
  arrivals
    .map(({ bytes }) => String(bytes))
    .join("")
    .split("\n");
