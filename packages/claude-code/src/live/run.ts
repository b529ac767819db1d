import {
  type AgentEvent,
  type ContentReader,
  createObserver,
  createRunTree,
  type EventExporter,
  type Held,
  type JsonValue,
  type SessionView,
} from "@spoor/core";
import { observe } from "../observe/observe.ts";
import { observeOptions } from "../observe/observe-options.ts";
import type { AgentSdk, LiveQuery } from "./agent-sdk.ts";
import { sandbox } from "./sandbox.ts";
import type { GivenAnswer } from "./scripted-answer.ts";
import { type Script, scriptedMessagesApi } from "./scripted-messages-api.ts";

/** What an application does with the SDK. */
export interface Scenario {
  readonly script: Script;
  readonly prompt: () => unknown;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Records the transcript, too, where it is observed. */
  readonly transcript?: boolean;
  /** Called with each message that the application gets. */
  readonly onMessage?: (message: unknown, query: LiveQuery) => unknown;
  /** Whether the application wants no more after this message. */
  readonly leaves?: (message: unknown) => boolean;
  /** Another query of the same application, made when the one before has ended. */
  readonly next?: (session: string) => Pick<Scenario, "prompt" | "options">;
}

/** What the application saw, and what the API really answered. */
export interface Run {
  readonly messages: readonly unknown[];
  readonly thrown: unknown;
  /** Events that hooks of the application's own were called with. */
  readonly hooks: readonly string[];
  readonly given: readonly GivenAnswer[];
  readonly unexpected: readonly string[];
}

export interface ObservedRun extends Run {
  readonly sessions: readonly SessionView[];
  readonly refusal: Error | null;
  readonly valueOf: (held: Held | null) => JsonValue | undefined;
}

type Wrap = (query: AgentSdk["query"]) => AgentSdk["query"];

/** In folders of its own, with nothing of this machine's but the SDK. */
export async function runBare(sdk: AgentSdk, scenario: Scenario): Promise<Run> {
  return await run(scenario, sdk, (query) => query);
}

export async function runObserved(sdk: AgentSdk, scenario: Scenario): Promise<ObservedRun> {
  const events: AgentEvent[] = [];
  let content: ContentReader | null = null;
  const collect: EventExporter = {
    name: "events",
    consumes: "events",
    export: async (batch, context) => {
      events.push(...batch);
      ({ content } = context);
    },
  };
  const { transcript = false } = scenario;
  const exporters = [{ to: collect, content: "full" }] as const;
  const observer = createObserver({ journal: "memory", exporters });
  const ran = await run(
    scenario,
    sdk,
    (query) => (parameters) =>
      observe(query(observeOptions(parameters, observer, { transcript })), observer),
  );
  await observer.close();
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  const sessions = tree.sessions().flatMap((id) => tree.session(id) ?? []);
  const valueOf = (held: Held | null): JsonValue | undefined => {
    const answer = held === null ? undefined : content?.read(held);
    return answer?.kind === "value" ? answer.value : undefined;
  };
  return { ...ran, sessions, refusal: observer.health().recorder.lastRefusal, valueOf };
}

async function run(scenario: Scenario, sdk: AgentSdk, wrap: Wrap): Promise<Run> {
  using box = sandbox();
  await using api = await scriptedMessagesApi(scenario.script);
  const query = wrap((parameters) => sdk.query(parameters));
  const messages: unknown[] = [];
  const hooks: string[] = [];
  let thrown: unknown = null;
  let session = "";
  const listen = async (input: { readonly hook_event_name: string }): Promise<object> => {
    hooks.push(input.hook_event_name);
    return {};
  };
  const own = Object.fromEntries(
    ["UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop"].map((event) => [
      event,
      [{ hooks: [listen] }],
    ]),
  );
  const turns = [scenario, ...(scenario.next ? [scenario.next] : [])];
  for (const turn of turns) {
    const { prompt, options } = typeof turn === "function" ? turn(session) : turn;
    const asked = query({
      prompt: prompt(),
      options: { cwd: box.workspace, env: box.environment(api.url), hooks: own, ...options },
    });
    try {
      for await (const message of asked) {
        messages.push(message);
        session = (message as { readonly session_id?: string }).session_id ?? session;
        await scenario.onMessage?.(message, asked);
        if (scenario.leaves?.(message) === true) break;
      }
    } catch (error) {
      thrown = error;
    }
  }
  return {
    messages: messages.map((message) => withoutChance(message, box.workspace)),
    thrown: thrown instanceof Error ? thrown.message : thrown,
    hooks,
    given: api.given,
    unexpected: api.unexpected,
  };
}

/** A message without what is another each time: ids, times, folders, and how far the work of others had come when it was looked at. */
function withoutChance(message: unknown, workspace: string): unknown {
  const root = workspace.replace(/\/workspace$/, "");
  const looksOn = (message as { readonly subtype?: string }).subtype === "task_progress";
  const text = JSON.stringify(message, (name, value: unknown) =>
    volatile.test(name) || (looksOn && name === "total_tokens") ? undefined : value,
  );
  const plain = text
    .replaceAll(root, "ROOT")
    .replaceAll(root.replaceAll("/", "-"), "ROOT")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UUID")
    .replaceAll(/\ba[0-9a-f]{16}\b/g, "AGENT")
    .replaceAll(/\b[0-9a-z]{9}-[0-9a-f]{8}\b/g, "RUN")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/duration_ms: \d+/g, "duration_ms: N");
  return JSON.parse(plain);
}

const volatile =
  /(?:_ms|Ms|_at|_time|cost_usd|costUSD)$|^(?:timestamp|messaging_socket_path|estimated_tokens.*|request_id)$/;
