import { expect, test } from "vitest";
import { crewRecording } from "./crew-recording.fixture.ts";
import { CrewRun } from "./crew-run.ts";

test("a run that goes on for days forgets the ids that were used longest ago, and keeps those that are used again", () => {
  const run = new CrewRun("kickoff");
  const scope = crewRecording().crews.kickoff("crew");
  for (let count = 0; count < 10_000; count += 1) run.opened(`task ${count}`, scope);
  run.opened("task 0", scope);
  run.opened("one more", scope);
  expect(run.find("task 1")).toBeNull();
  expect([run.find("task 0"), run.find("task 2"), run.find("one more")]).toEqual([
    scope,
    scope,
    scope,
  ]);
});

test("no two names of a run are spelt alike, whatever ids hold", () => {
  const run = new CrewRun("kickoff");
  const keys = [run.keyOf("a"), run.keyOf("a", 2), run.keyOf('a",2'), run.keyOf('a"]')];
  expect(new Set(keys).size).toBe(keys.length);
  expect(run.keyOf("a")).not.toBe(new CrewRun('kickoff","a').keyOf(""));
});
