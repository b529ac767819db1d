import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { onLastChance } from "./last-chance.ts";

/** A process that is told what to do, and that notes the signals it was sent. */
function fakeProcess() {
  const kills: string[] = [];
  const target = Object.assign(new EventEmitter(), {
    pid: 7,
    kill: (_pid: number, signal: string) => {
      kills.push(signal);
      return true;
    },
  });
  return { target: target as unknown as NodeJS.Process, kills };
}

const own = (): void => {};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a process that is told to stop", () => {
  test("delivers, and then ends as it would have", async () => {
    const { target, kills } = fakeProcess();
    const { promise: delivered, resolve } = Promise.withResolvers<void>();
    const endings: string[] = [];
    onLastChance((ending) => {
      endings.push(ending);
      return delivered;
    }, target);
    target.emit("SIGTERM");
    await turn();
    expect(endings).toEqual(["stopped"]);
    expect(kills).toEqual([]);
    resolve();
    await turn();
    expect(kills).toEqual(["SIGTERM"]);
  });

  test("and told again, does not wait any longer", async () => {
    const { target, kills } = fakeProcess();
    for (let observers = 0; observers < 2; observers += 1)
      onLastChance(() => new Promise(() => {}), target);
    target.emit("SIGINT");
    await turn();
    expect(kills).toEqual([]);
    target.emit("SIGINT");
    await turn();
    expect(kills).toEqual(["SIGINT"]);
  });

  test("ends when the last of several observers has delivered", async () => {
    const { target, kills } = fakeProcess();
    const { promise: slow, resolve } = Promise.withResolvers<void>();
    onLastChance(() => Promise.resolve(), target);
    onLastChance(() => slow, target);
    target.emit("SIGTERM");
    await turn();
    expect(kills).toEqual([]);
    resolve();
    await turn();
    expect(kills).toEqual(["SIGTERM"]);
  });

  test.each(["on", "once"] as const)(
    "and listens itself (%s) decides itself when it ends",
    async (how) => {
      for (const isFirst of [true, false]) {
        const { target, kills } = fakeProcess();
        if (isFirst) target[how]("SIGTERM", own);
        let delivered = 0;
        onLastChance(() => Promise.resolve((delivered += 1)), target);
        if (!isFirst) target[how]("SIGTERM", own);
        target.emit("SIGTERM");
        await turn();
        expect(delivered).toBe(1);
        expect(kills).toEqual([]);
      }
    },
  );
});

test("a process with nothing left to do delivers once, and is not asked to again", () => {
  const { target } = fakeProcess();
  const endings: string[] = [];
  onLastChance((ending) => Promise.resolve(endings.push(ending)), target);
  target.emit("beforeExit", 0);
  target.emit("beforeExit", 0);
  expect(endings).toEqual(["idle"]);
});

test("undone, it leaves nothing behind", () => {
  const { target } = fakeProcess();
  onLastChance(() => Promise.resolve(), target)();
  for (const name of ["SIGTERM", "SIGINT", "beforeExit"])
    expect(target.listenerCount(name)).toBe(0);
});
