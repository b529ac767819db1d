import { Agent, Task, Team } from "kaibanjs";
import { startModel } from "./model-server.mjs";

/** Given to the model, and in the team's environment: no byte of the record may hold one. */
export const plantedKeys = ["sk-planted-0123456789abcdef", "planted-in-the-environment-42"];

const answer = (finalAnswer) => ({ finalAnswer });
const use = (action, actionInput = {}) => ({ thought: `I need ${action}`, action, actionInput });

const scale = {
  name: "scale",
  description: "weighs",
  schema: {},
  invoke: async ({ what }) => `${what}: 3 kg`,
};
const broken = {
  name: "broken_scale",
  description: "weighs, not",
  schema: {},
  invoke: async () => {
    throw new RangeError("out of range");
  },
};

const weigh = { title: "weigh", description: "Weigh the {animal}.", expectedOutput: "a weight" };
const write = { title: "write", description: "Write it down.", expectedOutput: "one sentence" };
const inputs = { animal: "owl" };

async function teamOf(answers, tasks, { agent = {}, ...options } = {}) {
  const model = await startModel(answers);
  const [apiKey, secret] = plantedKeys;
  const worker = (name) =>
    new Agent({
      name,
      role: "weigher",
      goal: "to weigh",
      background: "scales",
      tools: [scale, broken],
      llmConfig: {
        provider: "openai",
        model: "small-1",
        apiKey,
        apiBaseUrl: model.url,
        maxRetries: 0,
      },
      ...agent,
    });
  const [ada, bob] = [worker("Ada"), worker("Bob")];
  const team = new Team({
    name: "zoo",
    agents: [ada, bob],
    tasks: tasks.map(({ byBob, ...task }) => new Task({ agent: byBob ? bob : ada, ...task })),
    inputs,
    env: { SECRET: secret },
    logLevel: "silent",
    ...options,
  });
  return { team, close: model.close };
}

/** Resolves when the team's log says so; what it waits for has then been said to everybody. */
const until = (team, isSo) =>
  new Promise((resolve) => {
    const store = team.getStore();
    const look = () => {
      if (!isSo(store.getState().workflowLogs)) return;
      stop();
      setImmediate(resolve);
    };
    const stop = store.subscribe(look);
    look();
  });

const count = (status) => (logs) =>
  logs.filter(
    (log) =>
      [log.workflowStatus, log.taskStatus].includes(status) && !log.logType.startsWith("Agent"),
  ).length;
const blockedTimes = (times) => (logs) => count("BLOCKED")(logs) >= times;
const isFinished = (logs) => count("FINISHED")(logs) > 0;
const answered = (times) => (logs) =>
  logs.filter(({ agentStatus }) => agentStatus === "THINKING_END").length >= times;
const firstTask = (team) => team.getStore().getState().tasks[0].id;

/** A model of the application's own, which goes on when it is told to stop, and says no model's name and no tokens. */
async function deafModel(gates, said) {
  const { FakeListChatModel } = await import("@langchain/core/utils/testing");
  class Deaf extends FakeListChatModel {
    async _generate(...given) {
      await gates.shift()?.();
      // oxlint-disable-next-line no-underscore-dangle -- what LangChain calls it
      return super._generate(...given);
    }
  }
  return new Deaf({ responses: said.map((one) => JSON.stringify(one)) });
}

const gate = () => {
  const { promise, resolve } = Promise.withResolvers();
  return { wait: () => promise, open: resolve };
};

/** What a team does, each until nothing more comes. `observe` is given the team before it starts. */
export const scenarios = {
  async sequential(observe) {
    const { team, close } = await teamOf(
      {
        "Write it": [answer("the owl weighs 3 kg")],
        Weigh: [use("scale", { what: "owl" }), answer("3 kg")],
      },
      [weigh, write],
    );
    observe(team);
    await team.start();
    close();
  },

  async tools(observe) {
    const says = [
      use("broken_scale"),
      use("feather"),
      "no JSON",
      use("scale", { what: "owl" }),
      answer("3 kg"),
    ];
    const { team, close } = await teamOf({ Weigh: says }, [weigh]);
    observe(team);
    await team.start();
    close();
  },

  async dependency(observe) {
    const parallel = { allowParallelExecution: true };
    const both = [gate(), gate()];
    const { team, close } = await teamOf(
      {
        "Write it": [answer("both are light")],
        "Weigh the owl": [async () => (both[1].open(), await both[0].wait(), answer("3 kg"))],
        "Weigh the wren": [async () => (both[0].open(), await both[1].wait(), answer("10 g"))],
      },
      [
        { ...weigh, ...parallel, title: "weigh owl", referenceId: "owl" },
        {
          ...weigh,
          ...parallel,
          title: "weigh wren",
          referenceId: "wren",
          description: "Weigh the wren.",
          byBob: true,
        },
        { ...write, referenceId: "sentence", dependencies: ["owl", "wren"] },
      ],
    );
    observe(team);
    await team.start();
    close();
  },

  async blocked(observe) {
    const options = { agent: { maxIterations: 2, forceFinalAnswer: false } };
    const { team, close } = await teamOf(
      { Weigh: ["no JSON", "nor this"] },
      [weigh, write],
      options,
    );
    observe(team);
    await team.start();
    close();
  },

  async error(observe) {
    const { team, close } = await teamOf({ Weigh: [400] }, [weigh]);
    observe(team);
    await team.start();
    close();
  },

  async validation(observe) {
    const { team, close } = await teamOf({ Weigh: [answer("heavy"), answer("3 kg")] }, [
      { ...weigh, externalValidationRequired: true },
    ]);
    observe(team);
    void team.start();
    await until(team, blockedTimes(1));
    team.provideFeedback(firstTask(team), "in kilograms");
    await until(team, blockedTimes(2));
    team.validateTask(firstTask(team));
    await until(team, isFinished);
    close();
  },

  /** The call that is going on is cut off, and never answers. */
  async pause(observe) {
    const asked = gate();
    const { team, close } = await teamOf(
      { Weigh: [() => (asked.open(), new Promise(() => {})), answer("3 kg")] },
      [weigh],
    );
    observe(team);
    void team.start();
    await asked.wait();
    await team.pause();
    await team.resume();
    await until(team, isFinished);
    close();
  },

  /** The call that was cut off answers, while the next one is waited for. */
  async "pause-late"(observe) {
    const [asked, first, second] = [gate(), gate(), gate()];
    const llmInstance = await deafModel(
      [() => (asked.open(), first.wait()), () => (first.open(), second.wait())],
      [answer("cut off"), answer("3 kg")],
    );
    const { team, close } = await teamOf({}, [weigh], {
      agent: { llmInstance, llmConfig: undefined },
    });
    observe(team);
    void team.start();
    await asked.wait();
    await team.pause();
    await team.resume();
    await until(team, answered(1));
    second.open();
    await until(team, isFinished);
    close();
  },

  /** What was cut off answers after all has ended, and the team is started again. */
  async stop(observe) {
    const [asked, first] = [gate(), gate()];
    const llmInstance = await deafModel(
      [() => (asked.open(), first.wait())],
      [answer("late"), answer("3 kg")],
    );
    const { team, close } = await teamOf({}, [weigh], {
      agent: { llmInstance, llmConfig: undefined },
    });
    observe(team);
    void team.start().catch(() => {});
    await asked.wait();
    await team.stop();
    first.open();
    await until(team, answered(1));
    await team.start({ animal: "wren" });
    close();
  },
};
