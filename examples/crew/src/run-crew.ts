import type { CrewRecorder, CrewScope } from "@spoor/crew";
import type { Crew, Task } from "./crew.ts";
import { runAgent } from "./run-agent.ts";

const mostAttempts = 3;

export interface Run {
  /** The conversation that it belongs to, as the application names it. */
  readonly session: string;
  readonly question: string;
}

/** One run of a crew. Gives what its last task gave. What records it is marked `// spoor`. */
export async function runCrew(
  crews: CrewRecorder,
  crew: Crew,
  { session, question }: Run,
): Promise<string> {
  const structure = {
    process: "hierarchical",
    agents: [crew.manager, ...crew.workers].map(({ role, goal }) => ({ role, goal })),
  };
  const about = { session, input: question, structure, feature: "articles" }; // spoor
  return crews.kickoff(crew.name, about, (kickoff) => runStages(crew, kickoff)); // spoor
}

/** Stage after stage, the tasks of a stage at once. */
async function runStages(crew: Crew, kickoff: CrewScope): Promise<string> {
  const done: Done[] = [];
  for (const stage of crew.stages) {
    const given = stage.map((task) => runTask(crew, task, done, kickoff));
    done.push(...(await Promise.all(given)).filter((one) => one !== null));
  }
  return done.at(-1)?.output ?? "";
}

interface Done {
  readonly task: string;
  readonly output: string;
}

/** Null: it was not needed. */
async function runTask(
  crew: Crew,
  task: Task,
  done: readonly Done[],
  kickoff: CrewScope,
): Promise<Done | null> {
  const outputs = done.map(({ output }) => output);
  const { name, description, expected, needless } = task;
  const reason = needless?.(outputs) ?? null;
  if (reason !== null) {
    kickoff.skip(name, reason); // spoor
    return null;
  }
  const input = [description, ...outputs].join("\n");
  const work = (scope: CrewScope): Promise<string> => untilItPasses(crew, task, input, scope);
  const after = done.map((one) => one.task); // spoor
  const output = await kickoff.task(name, { id: name, input, expected, after }, work); // spoor
  return { task: name, output };
}

/** Where a guardrail has something to say, the task is done again, with that. */
async function untilItPasses(
  { manager, workers }: Crew,
  { guardrail }: Task,
  description: string,
  scope: CrewScope,
): Promise<string> {
  let input = description;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const told = { input, attempt }; // spoor
    const work = (inside: CrewScope): Promise<string> =>
      runAgent(manager, told.input, workers, inside);
    const output = await scope.agent(manager.role, told, work); // spoor
    if (!guardrail) return output;
    const { name, check } = guardrail;
    const given = { input: output, attempt }; // spoor
    const { passed, feedback } = scope.guardrail(name, given, () => check(output)); // spoor
    if (passed) return output;
    input = `${description}\n${feedback}`;
  }
  throw new Error(`the guardrail was not satisfied in ${mostAttempts} attempts`);
}
