import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { observe } from "../testing-kit/observed.ts";

const isSame = (one: unknown, other: unknown): boolean => Object.is(one, other);

describe("a body", () => {
  test("that returns ends its scope with what it returned, and its caller gets that", async () => {
    const { session, spans } = observe();
    const answer = session.turn({ name: "turn", input: "?" }, (turn) =>
      turn.tool("add", { input: [1, 2] }, () => 3),
    );
    expect(answer).toBe(3);
    expect(await spans()).toMatchObject({
      turn: { status: "ok", output: expect.any(String), input: expect.any(String) },
      add: { status: "ok", output: expect.any(String) },
    });
  });

  test("that returns a promise ends its scope when that resolves, and its caller gets that promise", async () => {
    const { session, spans } = observe();
    const { promise, resolve } = Promise.withResolvers<number>();
    const given = session.turn({ name: "turn" }, () => promise);
    expect(given).toBe(promise);
    expect(await spans()).toEqual({});
    resolve(7);
    expect(await given).toBe(7);
    expect(await spans()).toMatchObject({ turn: { status: "ok" } });
  });

  test("that throws ends its scope with the error, which goes on to the caller unchanged", async () => {
    const { session, spans } = observe();
    const error = new TypeError("no such tool");
    const act = (): void => {
      session.turn({ name: "turn" }, (turn) =>
        turn.tool("broken", {}, () => {
          throw error;
        }),
      );
    };
    let caught: unknown;
    try {
      act();
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toBe(error);
    expect(await spans()).toMatchObject({
      turn: { status: "error", errorType: "TypeError" },
      broken: { status: "error", errorType: "TypeError", detail: expect.any(String) },
    });
  });

  test("tells an error where it happened, and only passes it on where it goes through", async () => {
    const { session, spans } = observe();
    const error = new Error("no such tool");
    const act = (): void => {
      session.turn({ name: "turn" }, (turn) => {
        const first = turn.tool("first");
        turn.work("task", "task", () => {
          first.fail(error);
          throw error;
        });
      });
    };
    expect(act).toThrow(error);
    expect(await spans()).toMatchObject({
      turn: { status: "error", errorPassedOn: true },
      task: { status: "error", errorPassedOn: false },
      first: { status: "error", errorPassedOn: false },
    });
  });

  test("that rejects does, too", async () => {
    const { session, spans } = observe();
    const error = new RangeError("too long");
    const promise = Promise.reject(error);
    const given = session.turn({ name: "turn" }, () => promise);
    expect(given).toBe(promise);
    await expect(given).rejects.toBe(error);
    expect(await spans()).toMatchObject({ turn: { status: "error", errorType: "RangeError" } });
  });

  test("that returns a thenable that is no promise is run once", async () => {
    const { session, spans } = observe();
    let runs = 0;
    const query = {
      // oxlint-disable-next-line unicorn/no-thenable -- what query builders are
      then(fulfilled: (rows: number) => void) {
        runs += 1;
        fulfilled(42);
      },
    };
    const given = session.turn({ name: "turn" }, () => query as unknown as Promise<number>);
    expect(await given).toBe(42);
    expect(await given).toBe(42);
    expect(runs).toBe(1);
    expect(await spans()).toMatchObject({ turn: { status: "ok", output: expect.any(String) } });
  });

  test("that returns what cannot be looked at gives it to its caller all the same", async () => {
    const { session, spans } = observe();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(isSame(session.turn({ name: "inside" }, () => [proxy])[0], proxy)).toBe(true);
    expect(
      isSame(
        session.turn({ name: "bare" }, () => proxy),
        proxy,
      ),
    ).toBe(true);
    const thrower = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    );
    expect(session.turn({ name: "thrower" }, () => thrower)).toBe(thrower);
    expect(await spans()).toMatchObject({
      inside: { status: "ok", output: expect.any(String) },
      bare: { status: "ok" },
      thrower: { status: "ok" },
    });
  });

  test.each<readonly [string, () => unknown, object]>([
    ["an abort", () => new DOMException("stop", "AbortError"), { status: "cancelled" }],
    ["an abort of a signal", () => AbortSignal.abort().reason, { status: "cancelled" }],
    ["a text", () => "a text", { status: "error", errorType: "string" }],
    ["nothing", () => undefined, { status: "error", errorType: "undefined" }],
    ["a number", () => 7, { status: "error", errorType: "number" }],
    [
      "an error of another realm",
      () => runInNewContext("new TypeError('elsewhere')"),
      { status: "error", errorType: "TypeError" },
    ],
    [
      "an error whose name is no text",
      () => Object.assign(new Error("odd"), { name: 7 }),
      { status: "error", errorType: "Error" },
    ],
    [
      "an error that cannot be looked at",
      () =>
        Object.defineProperty(new Error("odd"), "message", {
          get: () => {
            throw new Error("no");
          },
        }),
      { status: "error", errorType: "Error" },
    ],
    [
      "a proxy that was revoked",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
      { status: "error" },
    ],
  ])("that throws %s is recorded as what it is", async (_, make, expected) => {
    const { session, spans } = observe();
    const thrown = make();
    let caught: unknown = "nothing was thrown";
    try {
      session.turn({ name: "turn" }, () => {
        throw thrown;
      });
    } catch (error) {
      caught = error;
    }
    expect(Object.is(caught, thrown)).toBe(true);
    expect((await spans())["turn"]).toMatchObject(expected);
  });

  test("that ends its scope itself has the first word", async () => {
    const { observer, session, spans } = observe();
    session.turn({ name: "turn" }, (turn) => {
      turn.cancel("not needed");
      turn.end("late");
      return "later";
    });
    expect(await spans()).toMatchObject({
      turn: { status: "cancelled", detail: expect.any(String), output: null },
    });
    expect(observer.health().recorder.recorded).toBe(3);
  });
});

describe("a using block", () => {
  test("that ends its scopes records how they ended", async () => {
    const { session, spans } = observe();
    {
      using turn = session.turn({ name: "turn" });
      using tool = turn.tool("search");
      tool.end("found");
      turn.end("done");
    }
    expect(await spans()).toMatchObject({ turn: { status: "ok" }, search: { status: "ok" } });
  });

  test("that is left without a word records a cancellation, from the inside out", async () => {
    const { session, spans } = observe();
    expect(() => {
      using turn = session.turn({ name: "turn" });
      using tool = turn.tool("search");
      expect(tool.session).toBe(turn.session);
      throw new Error("something else");
    }).toThrow("something else");
    const { turn, search } = await spans();
    expect(turn).toMatchObject({ status: "cancelled", detail: expect.any(String) });
    expect(search).toMatchObject({ status: "cancelled", parentSpanId: turn?.spanId });
    expect(search?.endedAt).toBeLessThan(turn?.endedAt ?? 0);
  });

  test("that is never left records nothing about the end", async () => {
    const { session, spans, observer } = observe();
    session.turn({ name: "turn" });
    expect(await spans()).toEqual({});
    expect(observer.health().exporters["spans"]).toMatchObject({ accepted: 0, pending: 0 });
  });
});
