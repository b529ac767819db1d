import { expect, test } from "vitest";
import { crewRecording } from "./crew-recording.fixture.ts";

test("a person who is asked and answers while the crew waits stands in the task, question and answer", async () => {
  const { crews, tree } = crewRecording();
  await crews.kickoff("crew", (crew) =>
    crew.task("write", { expected: "a page that Ada likes" }, async (task) => {
      const word = await task.askHuman("review", "Is it good?", async () => "Shorter, please");
      return word === "yes" ? "a page" : "half a page";
    }),
  );
  expect(await tree()).toEqual([
    "turn 0 crew       ok",
    "╰─ workflow crew  ok",
    "   ╰─ task write  ok",
    "         ≟ a page that Ada likes",
    "         « half a page",
    "         · interrupt.raised  wait review  payload Is it good?",
    "         · interrupt.resolved  wait review  answer Shorter, please",
    "   « half a page",
  ]);
});

test("a person for whom the crew is suspended finds it waiting, and the kickoff that resumes is the same turn", async () => {
  const { crews, tree, reports } = crewRecording();
  const session = "thread 7";
  await crews.kickoff("crew", { session }, (crew) =>
    crew.task("write", async (task) => {
      task.askHuman("review", "Is it good?");
      task.suspend();
    }),
  );
  await crews.kickoff("crew", { session, resumes: "review" }, async (crew) => {
    crew.humanAnswered("review", "yes");
    return "a page";
  });
  expect(await tree()).toEqual([
    "turn 0 crew          ok         2 activations",
    "├─ activation crew   suspended",
    "│  ╰─ workflow crew  suspended",
    "│     ╰─ task write  suspended",
    "│           · interrupt.raised  wait review  payload Is it good?",
    "╰─ activation crew   ok",
    "   ╰─ workflow crew  ok",
    "         · interrupt.resolved  wait review  answer yes",
    "   « a page",
  ]);
  const [report] = await reports();
  expect(report?.session).toMatchObject({ id: session, inferred: false, status: "ok" });
});

test("a person who has answered lets the crew go on with its own turn, also from inside of another one of the conversation", async () => {
  const { observer, crews, reports } = crewRecording();
  const session = "thread 7";
  const waiting = crews.kickoff("crew", { session });
  waiting.askHuman("review", "Is it good?");
  waiting.suspend();
  observer.session({ id: session }).turn({ name: "chat" }, () => {
    crews.kickoff("crew", { session, resumes: true }, () => "a page");
  });
  const [report] = await reports();
  expect(report?.turns.map(({ activations, output }) => [activations, output])).toEqual([
    [2, "a page"],
    [1, null],
  ]);
});
