import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, expectTypeOf, test } from "vitest";
import { draftsOf, recording, scenarios } from "../fixtures.ts";
import { drained, FakeQuery } from "./fake-query.fixture.ts";
import { heard } from "./heard.fixture.ts";
import { observe } from "./observe.ts";

const simple = recording("a-simple");

describe("to the application it is the query itself", () => {
  test("messages are the same objects, in the same order", async () => {
    const { observer } = heard();
    const seen = await drained(observe(new FakeQuery(simple), observer));
    expect(seen).toHaveLength(simple.length);
    for (const [index, message] of seen.entries()) expect(message).toBe(simple[index]);
  });

  test("it is asked for no message that the application has not asked for", async () => {
    const query = new FakeQuery(simple);
    const watched = observe(query, heard().observer);
    expect(query.asked).toEqual([]);
    await watched.next();
    expect(query.asked).toEqual(["next"]);
  });

  test("methods run on the query, with what it keeps to itself", async () => {
    const query = new FakeQuery(simple);
    const watched = observe(query, heard().observer);
    await watched.next();
    expect(await watched.interrupt()).toBe("interrupted at 1");
    expect(await watched.setModel("other")).toBe(query);
    watched.model = `${watched.model} again`;
    expect(query.model).toBe("other again");
    const methodOf = (): unknown => Reflect.get(watched, "setModel");
    const method = methodOf();
    expect(methodOf()).toBe(method);
    expect(method).toHaveProperty("name", "setModel");
  });

  test("a method that no version has yet works like the others", async () => {
    class Later extends FakeQuery {
      async fly(...given: readonly unknown[]): Promise<unknown> {
        return [await this.interrupt(), ...given];
      }
    }
    const watched = observe(new Later([]), heard().observer);
    expect(await watched.fly("high", 7)).toEqual(["interrupted at 0", "high", 7]);
  });

  test("it is of the same class and type, and has what the query has", () => {
    const query = Object.assign(new FakeQuery([]), { extra: 1 });
    const watched = observe(query, heard().observer);
    expectTypeOf(watched).toEqualTypeOf(query);
    expect(watched).toBeInstanceOf(FakeQuery);
    expect(watched.constructor).toBe(FakeQuery);
    expect(watched.extra).toBe(1);
    expect("interrupt" in watched).toBe(true);
    expect(Object.keys(watched)).toEqual(Object.keys(query));
  });

  test("a frozen query can be observed", async () => {
    const query = Object.freeze({
      next: async () => ({ done: true, value: undefined }),
      [Symbol.asyncIterator]() {
        return this;
      },
    });
    expect(await drained(observe(query, heard().observer))).toEqual([]);
  });

  test("an iterable that is not its own iterator is watched all the same", async () => {
    const { observer, events } = heard();
    const query = { [Symbol.asyncIterator]: () => new FakeQuery(simple) };
    expect(await drained(observe(query, observer))).toEqual(simple);
    expect((await events()).map(({ type }) => type)).toContain("turn.ended");
  });

  test("disposing of it disposes of the query", async () => {
    const query = new FakeQuery(simple);
    const watched = observe(query, heard().observer);
    await watched.next();
    await watched[Symbol.asyncDispose]();
    expect(query.asked).toEqual(["next", "dispose", "return"]);
  });

  /** The first version of Node that knows `await using`. */
  const disposes = Number.parseInt(process.versions.node, 10) >= 24;

  test.runIf(disposes)("the language itself disposes of it at the end of a block", () => {
    const program = fileURLToPath(new URL("disposal.fixture.ts", import.meta.url));
    const args = ["--conditions=@spoor/source", program];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      timeout: 30_000,
    });
    expect({ stdout, stderr }).toEqual({ stdout: '["next","dispose","return"]', stderr: "" });
  });
});

describe("what ends an iteration", () => {
  const failed = recording("g2-hard-api-error").filter(({ type }) => type !== "thrown");

  test("an error reaches the application as it is, and after a result that failed says nothing new", async () => {
    const failure = new Error("Claude Code returned an error result");
    const { observer, events } = heard();
    await expect(drained(observe(new FakeQuery(failed, failure), observer))).rejects.toBe(failure);
    expect((await events()).filter(({ type }) => type === "log.written")).toHaveLength(1);
  });

  test("an error without a result is recorded once, however often it is thrown", async () => {
    const failure = new Error("aborted by user");
    const { observer, events } = heard();
    const watched = observe(new FakeQuery(simple.slice(0, -1), failure), observer);
    await expect(drained(watched)).rejects.toBe(failure);
    await expect(watched.next()).rejects.toBe(failure);
    const logs = (await events()).filter(({ type }) => type === "log.written");
    expect(logs).toHaveLength(1);
  });

  test("whatever is thrown is thrown on, and never hurts", async () => {
    const strange = Object.defineProperty({}, "message", {
      get: () => {
        throw new Error("not for you");
      },
    });
    for (const thrown of [null, "a text", 7, strange]) {
      const watched = observe(new FakeQuery(simple, thrown ?? "null"), heard().observer);
      await expect(drained(watched)).rejects.toBe(thrown ?? "null");
    }
  });

  test("leaving early is passed on, and what nobody saw ending stays open", async () => {
    const { observer, sessions, valueOf } = heard();
    const query = new FakeQuery(simple);
    for await (const message of observe(query, observer)) {
      if ((message as { readonly type: string }).type === "assistant") break;
    }
    expect(query.asked).toEqual(["next", "next", "return"]);
    const [session] = await sessions();
    expect(session?.spans.map(({ kind, status }) => [kind, status])).toContainEqual([
      "turn",
      "open",
    ]);
    const call = session?.spans.find(({ kind }) => kind === "model");
    expect(call?.status).toBe("open");
    expect(valueOf(call?.output ?? null)).toEqual([{ type: "text", text: "2 + 2 equals 4." }]);
  });
});

describe("the record", () => {
  test.each(scenarios)("%s says what its recording says", async (scenario) => {
    const lines = recording(scenario);
    const messages = lines.filter(({ type }) => type !== "thrown");
    const thrown = lines.find(({ type }) => type === "thrown")?.thrown;
    const { observer, events } = heard();
    await drained(observe(new FakeQuery(messages, thrown), observer)).catch(() => {});
    const told = draftsOf(lines).map(({ type, session }) => [type, session]);
    const recorded = (await events()).map(({ type, session }) => [type, session]);
    expect(recorded).toEqual(told);
  });

  test("a query that is observed twice is recorded once", async () => {
    const { observer, events } = heard();
    const query = new FakeQuery(simple);
    const once = observe(query, observer);
    expect(observe(once, observer)).toBe(once);
    expect(observe(query, observer)).toBe(once);
    await drained(observe(once, observer));
    expect(await events()).toHaveLength(draftsOf(simple).length);
  });

  test("two observers of one query have two records", async () => {
    const [one, other] = [heard(), heard()];
    await drained(observe(observe(new FakeQuery(simple), one.observer), other.observer));
    expect(await other.events()).toHaveLength((await one.events()).length);
  });

  test("a message that cannot be recorded reaches the application, and is counted", async () => {
    const { observer } = heard();
    const hostile = new Proxy(
      { type: "assistant" },
      {
        get: (target, name) => {
          if (name === "type") return target.type;
          throw new Error(`no ${String(name)} for you`);
        },
      },
    );
    const odd = { neither: "typed" };
    const seen = await drained(observe(new FakeQuery([hostile, odd, ...simple]), observer));
    expect(seen[0]).toBe(hostile);
    expect(observer.health().recorder).toMatchObject({ refused: 2, recorded: expect.any(Number) });
    expect(observer.health().recorder.lastRefusal?.message).toContain("to have a type");
  });
});
