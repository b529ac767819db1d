import { describe, expect, test } from "vitest";
import { crewRecording } from "./crew-recording.fixture.ts";

const usage = { input: 10, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: null };

test("a crew is a turn, and in it the crew at work with its tasks and agents, what was expected beside what was given", async () => {
  const { crews, tree } = crewRecording();
  const input = { topic: "spoor" };
  const page = await crews.kickoff("research crew", { input }, async (crew) => {
    const notes = await crew.task("research", { expected: "three findings" }, (task) =>
      task.agent("researcher", async (agent) => {
        const call = agent.model("small", { id: "ask" });
        call.usage(usage);
        call.end("I search");
        return agent.tool("search", { input: "spoor", causedBy: "ask" }, () => ["one", "two"]);
      }),
    );
    return crew.task("write", { input: notes, expected: "a page" }, (task) =>
      task.agent("writer", () => "a page about spoor"),
    );
  });
  expect(page).toBe("a page about spoor");
  expect(await tree()).toEqual([
    "turn 0 research crew       ok  10 in  2 out",
    "│  » spoor",
    "╰─ workflow research crew  ok",
    "   ├─ task research        ok",
    "   │  │  ≟ three findings",
    "   │  │  « one, two",
    "   │  ╰─ agent researcher  ok",
    "   │     ├─ model small    ok  10 in  2 out",
    "   │     ╰─ tool search    ok",
    "   ╰─ task write           ok",
    "      │  ≟ a page",
    "      │  « a page about spoor",
    "      ╰─ agent writer      ok",
    "   « a page about spoor",
  ]);
});

test("a manager asks its model whom to ask, and the coworker works inside of what the manager does", async () => {
  const { crews, tree } = crewRecording();
  await crews.kickoff("crew", (crew) =>
    crew.task("research", { expected: "three findings" }, (task) =>
      task.agent("manager", async (manager) => {
        manager.model("large", { id: "whom" }).end("the researcher");
        const asked = { input: "find three", causedBy: "whom" };
        const expected = "your best answer";
        return manager.tool("delegate_work", asked, (tool) =>
          tool.delegate("researcher", { ...asked, expected }, (coworker) =>
            coworker.tool("search", () => "three findings"),
          ),
        );
      }),
    ),
  );
  expect(await tree()).toEqual([
    "turn 0 crew                      ok  ? in  ? out",
    "╰─ workflow crew                 ok",
    "   ╰─ task research              ok",
    "      │  ≟ three findings",
    "      │  « three findings",
    "      ╰─ agent manager           ok",
    "         ├─ model large          ok  ? in  ? out  #1",
    "         ╰─ tool delegate_work   ok",
    "            │  · handoff.made  researcher",
    "            ╰─ agent researcher  ok               ← #1",
    "               │  ≟ your best answer",
    "               │  « three findings",
    "               ╰─ tool search    ok",
    "   « three findings",
  ]);
});

test("plans, memories and knowledge stand where they were used", async () => {
  const { crews, tree } = crewRecording();
  crews.kickoff("crew", (crew) => {
    crew.plan("the tasks", (plan) => plan.model("large").end("first research, then write"));
    crew.task("research", (task) =>
      task.agent("researcher", (agent) => {
        agent.retrieve("product docs", { input: "what is it?" }, () => ["a flight recorder"]);
        agent.retrieve("long-term memory", { input: "who asked?" }, () => []);
        agent.remember("long-term memory", { input: "it is a flight recorder" }, () => {});
      }),
    );
  });
  expect(await tree()).toEqual([
    "turn 0 crew                             ok  ? in  ? out",
    "╰─ workflow crew                        ok",
    "   ├─ plan the tasks                    ok",
    "   │  ╰─ model large                    ok  ? in  ? out",
    "   ╰─ task research                     ok",
    "      ╰─ agent researcher               ok",
    "         ├─ retrieval product docs      ok",
    "         ├─ retrieval long-term memory  ok",
    "         ╰─ memory long-term memory     ok",
  ]);
});

describe("a crew", () => {
  test("that starts in a step of a flow is a part of it", async () => {
    const { crews, tree } = crewRecording();
    await crews.kickoff("flow", (flow) =>
      flow.step("prepare", async () =>
        crews.kickoff("research crew", (crew) => crew.task("research", () => "found")),
      ),
    );
    expect(await tree()).toEqual([
      "turn 0 flow                      ok",
      "╰─ workflow flow                 ok",
      "   ╰─ step prepare               ok",
      "      ╰─ workflow research crew  ok",
      "         ╰─ task research        ok",
      "   « found",
    ]);
  });

  test("that is started where nothing is to be above it is a turn of its own", async () => {
    const { crews, reports } = crewRecording();
    crews.kickoff("outer", () => crews.kickoff("inner", { under: null }, () => "done"));
    expect((await reports()).map(({ turns }) => turns.length)).toEqual([1, 1]);
  });

  test("lies in a turn that was opened without a crew, and so does a task", async () => {
    const { observer, crews, tree } = crewRecording();
    observer.session({ id: "chat" }).turn({ name: "ask" }, () => {
      crews.kickoff("crew", (crew) => crew.task("research", () => "found"));
      crews.active()?.task("alone", { expected: "much" }, () => "little");
    });
    expect(await tree()).toEqual([
      "turn 0 ask           ok",
      "├─ workflow crew     ok",
      "│  ╰─ task research  ok",
      "╰─ task alone        ok",
      "      ≟ much",
      "      « little",
    ]);
  });

  test("that runs beside another has a session of its own, with its own labels", async () => {
    const { crews, reports } = crewRecording();
    const run = (name: string): Promise<unknown> =>
      crews.kickoff(name, { userId: `user of ${name}`, tags: [name] }, async (crew) => {
        await Promise.resolve();
        return crew.task("task", async () => name);
      });
    await Promise.all(["one", "two", "three"].map(run));
    const told = (await reports()).map(({ session, turns, marks }) => ({
      began: marks.map(({ type, userId }) => [type, userId]),
      user: session.userId,
      tags: session.tags,
      outputs: turns.map(({ output, spans }) => [output, spans.length]),
    }));
    expect(told).toEqual(
      ["one", "two", "three"].map((name) => ({
        began: [["session.started", `user of ${name}`]],
        user: `user of ${name}`,
        tags: [name],
        outputs: [[name, 3]],
      })),
    );
  });

  test("that names another conversation is a turn of that, wherever it is started", async () => {
    const { crews, reports } = crewRecording();
    crews.kickoff("outer", { session: "one" }, () => {
      crews.kickoff("inner", { session: "one" }, () => "a part");
      crews.kickoff("other", { session: "two" }, () => "apart");
    });
    const told = (await reports()).map(({ session, turns }) => [
      session.id,
      turns.flatMap(({ spans }) => spans.map(({ kind, name }) => `${kind} ${name}`)),
    ]);
    expect(told).toEqual([
      ["one", ["turn outer", "workflow outer", "workflow inner"]],
      ["two", ["turn other", "workflow other"]],
    ]);
  });

  test("says how it is put together", async () => {
    const { crews, spans, valueOf } = crewRecording();
    const structure = { process: "hierarchical", agents: [{ name: "manager" }] };
    crews.kickoff("crew", { structure }, () => {});
    const told = (await spans()).map(({ kind, native }) => [kind, native && valueOf(native)]);
    expect(told).toEqual([
      ["turn", null],
      ["workflow", structure],
    ]);
  });
});

test("a crew inside of another is a part of that, also where both are given the id of the request", async () => {
  const { crews, tree } = crewRecording();
  const request = { id: "request 1" };
  crews.kickoff("outer", request, (outer) =>
    outer.task("ask the others", request, () =>
      crews.kickoff("inner", request, (inner) => inner.task("answer", request, () => "done")),
    ),
  );
  expect(await tree()).toEqual([
    "turn 0 outer               ok",
    "╰─ workflow outer          ok",
    "   ╰─ task ask the others  ok",
    "      ╰─ workflow inner    ok",
    "         ╰─ task answer    ok",
    "   « done",
  ]);
});

test("a guardrail says once what it found, however often it is told", async () => {
  const { crews, spans } = crewRecording();
  crews.kickoff("crew", (crew) => {
    crew.guardrail("three of them", (check) => {
      check.judge(false, "two are missing");
      return false;
    });
    const later = crew.guardrail("polite");
    later.judge(true);
    later.judge(false);
  });
  const verdicts = (await spans()).flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.type === "score.given" ? [[mark.name, mark.value]] : [])),
  );
  expect(verdicts).toEqual([
    ["three of them", false],
    ["polite", true],
  ]);
});
