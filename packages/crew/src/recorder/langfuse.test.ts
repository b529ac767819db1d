import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  langfuseServer,
  type Stored,
  type StoredObservation,
} from "@spoor/testing/langfuse-server";
import { beforeAll, expect, test } from "vitest";

const program = fileURLToPath(new URL("crew.program.fixture.ts", import.meta.url));
const run = promisify(execFile);

/** What a Langfuse has after the program has run in an environment that says where it is, and nothing else. */
async function storedAfterwards(): Promise<Stored> {
  await using server = await langfuseServer();
  const home = mkdtempSync(join(tmpdir(), "spoor-crew-"));
  try {
    await run(process.execPath, ["--conditions=@spoor/source", program], {
      cwd: home,
      env: {
        HOME: home,
        LANGFUSE_PUBLIC_KEY: server.publicKey,
        LANGFUSE_SECRET_KEY: server.secretKey,
        LANGFUSE_BASE_URL: server.url,
      },
    });
    return server.stored();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

let stored: Stored;
beforeAll(async () => {
  stored = await storedAfterwards();
}, 60_000);

/** From the root on, by what each hangs on. */
function pathOf(
  observation: StoredObservation,
  all: readonly StoredObservation[],
): readonly string[] {
  const above = all.find(({ id }) => id === observation.parentObservationId);
  const own = `${observation.type} ${observation.name}`;
  return above ? [...pathOf(above, all), own] : [own];
}

test("with the variables of Langfuse and nothing else a crew is there, task by task and agent by agent", () => {
  const { observations, traces } = stored;
  const crew = ["CHAIN research crew", "CHAIN research crew"];
  const task = [...crew, "CHAIN research"];
  expect(new Set(observations.map((each) => pathOf(each, observations)))).toEqual(
    new Set([
      crew.slice(0, 1),
      crew,
      task,
      [...task, "AGENT researcher"],
      [...task, "AGENT researcher", "GENERATION gpt-5-mini"],
      [...task, "AGENT researcher", "TOOL search"],
      [...task, "GUARDRAIL three of them"],
    ]),
  );
  expect(traces).toMatchObject([
    { name: "research crew", sessionId: "thread 7", userId: "ada", output: "one fact" },
  ]);
});

test("what a task was to give stands there beside what it gave, and what a guardrail found is a score of it", () => {
  const { observations, scores } = stored;
  const task = observations.find(({ name }) => name === "research");
  expect(task).toMatchObject({ input: "find three facts", output: "one fact" });
  expect(task?.metadata["expected_output"]).toBe("three facts");
  const check = observations.find(({ name }) => name === "three of them");
  expect(scores).toMatchObject([
    {
      name: "three of them",
      dataType: "BOOLEAN",
      value: 0,
      comment: "two are missing",
      observationId: check?.id,
    },
  ]);
});
