import type { KaibanTeam } from "@spoor/crew";

interface StartableTeam extends KaibanTeam {
  start(inputs: object): Promise<void>;
}

/** Stands for a team of KaibanJS: one task, and the log that it keeps of it. */
export function teamOf(name: string): StartableTeam {
  let workflowLogs: readonly object[] = [];
  const listeners = new Set<() => void>();
  const log = (line: object): void => {
    workflowLogs = [...workflowLogs, { timestamp: 1_000 + workflowLogs.length, ...line }];
    for (const listener of listeners) listener();
  };
  const task = { id: "1", title: "weigh", expectedOutput: "a weight", dependencies: [] };
  const agent = { agentInstance: { name: "Ada", role: "weigher" } };
  const workflow = { logType: "WorkflowStatusUpdate" };
  const work = { logType: "TaskStatusUpdate", task, agent };
  return {
    getStore: () => ({
      getState: () => ({ name, inputs: {}, workflowLogs }),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    async start(inputs) {
      log({ ...workflow, workflowStatus: "RUNNING", metadata: { inputs } });
      log({ ...work, taskStatus: "DOING", metadata: {} });
      log({ ...work, taskStatus: "DONE", metadata: { result: "3 kg" } });
      log({ ...workflow, workflowStatus: "FINISHED", metadata: { result: "3 kg" } });
    },
  };
}
