import { createObserver } from "@spoor/core";
import { createCrewRecorder } from "./crew-recorder.ts";

/** An application with a crew: where it is recorded to, the environment says and nothing else. */
const observer = createObserver();
const crews = createCrewRecorder(observer);

await crews.kickoff("research crew", { session: "thread 7", userId: "ada" }, (crew) =>
  crew.task("research", { input: "find three facts", expected: "three facts" }, async (task) => {
    const facts = await task.agent("researcher", async (agent) => {
      agent.model("gpt-5-mini", (call) => {
        call.usage({ input: 12, cacheRead: 0, cacheWrite: 0, output: 3, reasoning: 0 });
        return "I search";
      });
      return agent.tool("search", { input: { words: "spoor" } }, () => "one fact");
    });
    task.guardrail("three of them", { input: facts }, () => [false, "two are missing"]);
    return facts;
  }),
);
await observer.close();
