/** How one framework is recorded: what tells that a project has it, what to install, and the lines to add. */
export interface Wiring {
  readonly title: string;
  /** Names of packages; one that ends in `/` stands for a whole scope. */
  readonly toldBy: readonly string[];
  readonly packages: readonly string[];
  readonly lines: readonly string[];
  /** Its page in Spoor's repository. */
  readonly guide: string;
}

const observer = "const observer = createObserver(await loadConfig());";
const core = 'import { createObserver, loadConfig } from "@spoor/core";';

const frameworks: readonly Wiring[] = [
  {
    title: "LangGraph.js",
    toldBy: ["@langchain/langgraph", "langchain", "@langchain/core", "@spoor/langgraph"],
    packages: ["@spoor/core", "@spoor/langgraph"],
    lines: [
      core,
      'import { spoorCallbacks } from "@spoor/langgraph";',
      "",
      observer,
      'const config = { configurable: { thread_id: "chat-42" }, callbacks: [spoorCallbacks(observer)] };',
      "await agent.invoke(input, config);",
    ],
    guide: "docs/guides/langgraph.md",
  },
  {
    title: "Claude Agent SDK",
    toldBy: ["@anthropic-ai/claude-agent-sdk", "@anthropic-ai/claude-code", "@spoor/claude-code"],
    packages: ["@spoor/core", "@spoor/claude-code"],
    lines: [
      'import { query } from "@anthropic-ai/claude-agent-sdk";',
      core,
      'import { observe, observeOptions } from "@spoor/claude-code";',
      "",
      observer,
      "const conversation = query(observeOptions({ prompt }, observer));",
      "for await (const message of observe(conversation, observer)) show(message);",
    ],
    guide: "docs/guides/claude-code.md",
  },
  {
    title: "KaibanJS",
    toldBy: ["kaibanjs"],
    packages: ["@spoor/core", "@spoor/crew"],
    lines: [
      core,
      'import { observeTeam } from "@spoor/crew";',
      "",
      observer,
      'observeTeam(team, observer, { session: "chat-42" });',
      "await team.start(input);",
    ],
    guide: "docs/guides/crews.md",
  },
  {
    title: "OpenAI Agents",
    toldBy: ["@openai/agents", "@openai/agents-core"],
    packages: ["@spoor/core", "@spoor/crew"],
    lines: [
      'import { addTraceProcessor } from "@openai/agents";',
      core,
      'import { openaiAgentsProcessor } from "@spoor/crew";',
      "",
      observer,
      "addTraceProcessor(openaiAgentsProcessor(observer));",
    ],
    guide: "docs/guides/crews.md",
  },
  {
    title: "actors over a queue or a bus",
    toldBy: ["bullmq", "amqplib", "kafkajs", "nats", "@nats-io/", "@spoor/autogen"],
    packages: ["@spoor/core", "@spoor/autogen"],
    lines: [
      core,
      'import { observeEnvelopes } from "@spoor/autogen";',
      "",
      observer,
      "const envelopes = observeEnvelopes(observer);",
      "await envelopes.publish({ topic, messageType, payload }, (envelope) => bus.publish(topic, envelope));",
      'await envelopes.handle("worker", delivered, (envelope) => work(envelope.payload));',
    ],
    guide: "docs/guides/actors.md",
  },
];

/** Of no framework, and recorded by a package that knows several: told by that package, where none of them is there. */
const crewByHand: Wiring = {
  title: "a crew of your own making",
  toldBy: ["@spoor/crew"],
  packages: ["@spoor/core", "@spoor/crew"],
  lines: [
    core,
    'import { createCrewRecorder } from "@spoor/crew";',
    "",
    observer,
    "const crews = createCrewRecorder(observer);",
    'await crews.kickoff("my crew", { session: "chat-42", input }, (crew) =>',
    '  crew.task("facts", { input, expected: "figures with sources" }, (task) =>',
    '    task.agent("researcher", () => research(input)),',
    "  ),",
    ");",
  ],
  guide: "docs/guides/crews.md",
};

const byHand: Wiring = {
  title: "no framework that Spoor knows",
  toldBy: [],
  packages: ["@spoor/core"],
  lines: [
    core,
    "",
    observer,
    'await observer.session({ id: "chat-42" }).turn({ input }, async (turn) => {',
    '  const reply = await turn.model("my-model", { context: { messages } }, async (call) => {',
    "    const { answer, usage } = await ask(messages);",
    "    call.usage({ input: usage.input, cacheRead: null, cacheWrite: null, output: usage.output, reasoning: null });",
    "    return answer;",
    "  });",
    '  return turn.tool("search", { input: reply.query }, () => search(reply.query));',
    "});",
  ],
  guide: "docs/guides/no-framework.md",
};

/** The frameworks of a project, by what it depends on; where it has none of them, how an agent is recorded by hand. */
export function wiringsFor(dependencies: readonly string[]): readonly Wiring[] {
  const isTold = ({ toldBy }: Wiring): boolean => dependsOn(dependencies, toldBy);
  const known = frameworks.filter(isTold);
  const hasCrews = known.some(({ packages }) => packages.includes("@spoor/crew"));
  const found = !hasCrews && isTold(crewByHand) ? [...known, crewByHand] : known;
  return found.length > 0 ? found : [byHand];
}

/** What has to be installed for them, the command among it. */
export const packagesFor = (wirings: readonly Wiring[]): readonly string[] => [
  ...new Set([...wirings.flatMap(({ packages }) => packages), "@spoor/cli"]),
];

/** All there are, for whoever checks them. */
export const allWirings: readonly Wiring[] = [...frameworks, crewByHand, byHand];

const dependsOn = (dependencies: readonly string[], names: readonly string[]): boolean =>
  names.some((name) =>
    dependencies.some((dependency) =>
      name.endsWith("/") ? dependency.startsWith(name) : dependency === name,
    ),
  );
