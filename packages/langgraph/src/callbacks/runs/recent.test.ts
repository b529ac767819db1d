import * as fc from "fast-check";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Recent } from "./recent.ts";

test("is never larger than it may be, and what it knows is what was set last", () => {
  const step = fc.record({ name: fc.constantFrom("a", "b", "c", "d", "e"), deletes: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      (steps, most) => {
        const recent = new Recent<number>(most);
        let model: (readonly [string, number])[] = [];
        for (const [index, { name, deletes }] of steps.entries()) {
          const known = model.some(([other]) => other === name);
          if (deletes) recent.delete(name);
          else recent.set(name, index);
          if (deletes) model = model.filter(([other]) => other !== name);
          else if (known) model = model.map((entry) => (entry[0] === name ? [name, index] : entry));
          else model = [...model, [name, index] as const].slice(-most);
          expect(recent.size).toBe(model.length);
          for (const [other, value] of model) expect(recent.get(other)).toBe(value);
        }
      },
    ),
  );
});

test("what comes and goes leaves nothing behind", () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const heapAfter = (count: number) => {
    const recent = new Recent<number>(20_000);
    for (let index = 0; index < count; index += 1) {
      recent.set(`run ${index}`, index);
      recent.delete(`run ${index}`);
    }
    collectGarbage();
    const { heapUsed } = process.memoryUsage();
    expect(recent.size).toBe(0);
    return heapUsed;
  };
  const before = heapAfter(1_000);
  expect(heapAfter(100_000) - before).toBeLessThan(5_000_000);
});
