import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LogCursor } from "./log-cursor.ts";

const line = (name: string): object => ({ name });

test("each line is read once, however often and with how many at a time it is told of", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 30 }), (steps) => {
      const cursor = new LogCursor();
      const log: object[] = [];
      const read: unknown[] = [];
      for (const [index, more] of steps.entries()) {
        for (let count = 0; count < more; count += 1) log.push(line(`${index}.${count}`));
        const next = cursor.next([...log]);
        expect(next.again).toBe(false);
        read.push(...next.lines);
      }
      expect(read).toEqual(log);
    }),
  );
});

test("a list that is begun anew is read from its beginning, empty or not", () => {
  const [one, two] = [line("one"), line("two")];
  const cursor = new LogCursor();
  cursor.next([one, two]);
  expect(cursor.next([])).toEqual({ lines: [], again: true });
  expect(cursor.next([two])).toEqual({ lines: [two], again: false });
  expect(new LogCursor().next([one])).toEqual({ lines: [one], again: false });
  const other = new LogCursor();
  other.next([one, two]);
  expect(other.next([line("one"), line("two"), two])).toMatchObject({ again: true });
});
