import type { Tool } from "./agent.ts";
import type { Pause } from "./pause.ts";

const log = `FAIL  delivery-date.test.ts > promises delivery in two days
  expected 2026-03-31, received 2026-03-30
  started at 01:30 UTC on runner-7 (America/New_York)`;

const commits = `9c41f07 Bump the linter
4f2c1aa Show the delivery date without the time
e7703bd Fix a typo in the footer`;

const diff = `--- src/delivery-date.ts
- return formatUtc(date);
+ return \`\${date.getFullYear()}-\${two(date.getMonth() + 1)}-\${two(date.getDate())}\`;`;

class LogServerTimeout extends Error {
  override readonly name: string = "LogServerTimeout";
}

/** What can be done in a make-believe repository. The log server does not answer the first time, as log servers do. */
export function createTools(pause: Pause): Readonly<Record<ToolName, Tool>> {
  let isLogServerAwake = false;
  return {
    read_build_log: {
      async run() {
        await pause(400);
        if (isLogServerAwake) return log;
        isLogServerAwake = true;
        throw new LogServerTimeout("the log server did not answer in time");
      },
    },
    list_commits: {
      async run() {
        await pause(600);
        return commits;
      },
    },
    read_diff: {
      async run() {
        await pause(250);
        return diff;
      },
    },
    edit_file: {
      async run({ path }) {
        await pause(150);
        return `${path}: 1 line changed`;
      },
    },
    run_tests: {
      async run({ at }) {
        await pause(at === "noon" ? 450 : 600);
        return `214 passed at ${at}`;
      },
    },
    push_branch: {
      needsApproval: true,
      async run({ branch }) {
        await pause(400);
        return `pushed ${branch}; build 4183 has started`;
      },
    },
  };
}

type ToolName =
  | "read_build_log"
  | "list_commits"
  | "read_diff"
  | "edit_file"
  | "run_tests"
  | "push_branch";
