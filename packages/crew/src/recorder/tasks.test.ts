import { expect, test } from "vitest";
import { crewRecording } from "./crew-recording.fixture.ts";

test("a task that a guardrail refuses is done again, with the verdicts between the attempts", async () => {
  const { crews, tree } = crewRecording();
  crews.kickoff("crew", (crew) =>
    crew.task("research", { expected: "with sources" }, (task) => {
      const first = task.agent("researcher", () => "no sources");
      task.guardrail("has sources", { input: first }, () => [false, "name your sources"]);
      const again = { attempt: 2, input: "name your sources" };
      const second = task.agent("researcher", again, () => "[1]");
      task.guardrail("has sources", { attempt: 2, input: second }, () => ({ passed: true }));
      return second;
    }),
  );
  expect(await tree()).toEqual([
    "turn 0 crew                     ok",
    "╰─ workflow crew                ok",
    "   ╰─ task research             ok",
    "      │  ≟ with sources",
    "      │  « [1]",
    "      ├─ agent researcher       ok",
    "      ├─ guardrail has sources  ok",
    "      │     · score.given  name has sources  value false  why name your sources",
    "      ├─ agent researcher       ok  attempt 2",
    "      ╰─ guardrail has sources  ok  attempt 2",
    "            · score.given  name has sources  value true",
    "   « [1]",
  ]);
});

test("a task that fails tells its error once, and what it is a part of passes that on", async () => {
  const { crews, reports } = crewRecording();
  const error = new RangeError("nothing was found");
  const run = crews.kickoff("crew", (crew) =>
    crew.task("research", (task) =>
      task.agent("researcher", async (agent) =>
        agent.tool("search", () => {
          throw error;
        }),
      ),
    ),
  );
  await expect(run).rejects.toBe(error);
  const [report] = await reports();
  const spans = report?.turns.flatMap((turn) => turn.spans) ?? [];
  expect(spans.map(({ name, status, error: told }) => [name, status, told?.message])).toEqual([
    ["crew", "error", undefined],
    ["crew", "error", undefined],
    ["research", "error", undefined],
    ["researcher", "error", undefined],
    ["search", "error", "nothing was found"],
  ]);
  expect(report?.session.errors).toBe(1);
});

test("a task that is one of two at once keeps what lies in it apart from the other's", async () => {
  const { crews, tree } = crewRecording();
  await crews.kickoff("crew", async (crew) => {
    const parts = ["history", "prices"].map((part) =>
      crew.task(part, { expected: `about ${part}` }, async (task) =>
        task.agent(`${part} expert`, async () => {
          await Promise.resolve();
          return crews.active()?.tool(`search ${part}`, async () => part);
        }),
      ),
    );
    return Promise.all(parts);
  });
  expect(await tree()).toEqual([
    "turn 0 crew                      ok",
    "╰─ workflow crew                 ok",
    "   ├─ task history               ok",
    "   │  │  ≟ about history",
    "   │  │  « history",
    "   │  ╰─ agent history expert    ok",
    "   │     ╰─ tool search history  ok",
    "   ╰─ task prices                ok",
    "      │  ≟ about prices",
    "      │  « prices",
    "      ╰─ agent prices expert     ok",
    "         ╰─ tool search prices   ok",
    "   « history, prices",
  ]);
});

test("a task that goes on from others is linked to them, by their ids or as they are", async () => {
  const { crews, tree } = crewRecording();
  crews.kickoff("crew", (crew) => {
    const history = crew.task("history", { id: "h" });
    history.end("long");
    crew.task("prices", { id: "p" }, () => "high");
    crew.task("article", { after: [history, "p", "nobody"] }, () => "so it is");
  });
  expect((await tree()).slice(2)).toEqual([
    "   ├─ task history  ok  #1",
    "   ├─ task prices   ok  #2",
    "   ╰─ task article  ok  ← #1 #2",
  ]);
});

test("a task whose condition did not hold is told as a decision, because it was never begun", async () => {
  const { crews, tree } = crewRecording();
  crews.kickoff("crew", (crew) => {
    crew.task("research", { expected: "five findings" }, () => ["one"]);
    crew.skip("dig deeper", "one finding is enough");
  });
  expect(await tree()).toEqual([
    "turn 0 crew          ok",
    "╰─ workflow crew     ok",
    "   ╰─ task research  ok",
    "         ≟ five findings",
    "         « one",
    "      · decision.made  skip → dig deeper  why one finding is enough",
  ]);
});
