import { expect, test } from "vitest";
import { createSeen } from "./seen.ts";

test("what came before is told from what did not", () => {
  const seen = createSeen();
  expect([seen.again("a"), seen.again("b"), seen.again("a")]).toEqual([false, false, true]);
});

test("of many only the latest are remembered", () => {
  const seen = createSeen(2);
  for (const name of ["a", "b", "c"]) seen.again(name);
  expect([seen.again("c"), seen.again("b"), seen.again("a")]).toEqual([true, true, false]);
});
