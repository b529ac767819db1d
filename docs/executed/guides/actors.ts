import { deepStrictEqual, strictEqual } from "node:assert";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type ActorEnvelope, type ObservedEnvelopes, observeEnvelopes } from "@spoor/autogen";
import {
  contentReader,
  createObserver,
  createRunTree,
  journalReader,
  type Observer,
  renderTree,
  type SessionReport,
  sessionReport,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { allHandled } from "../actors/deliveries.ts";
import { freePort } from "../actors/free-port.ts";

export * from "../actors/brokers.ts";
export * from "../actors/services.ts";
export * from "../actors/sqs.ts";

export const modules: Readonly<Record<string, string>> = {
  "@grpc/grpc-js": new URL("../actors/grpc.ts", import.meta.url).href,
  "@temporalio/activity": new URL("../actors/temporal-activity.ts", import.meta.url).href,
};

export const observer: Observer = createObserver();
export const envelopes: ObservedEnvelopes = observeEnvelopes(observer);
export const bus: EventEmitter = new EventEmitter();
export const port: number = await freePort();
export const url: string = `http://127.0.0.1:${port}/`;

export const task: { readonly text: string } = { text: "Find a train to Utrecht." };
export const query: { readonly text: string } = { text: "trains to Utrecht" };
export const work = async (): Promise<string> => "08:46";
/** A while that shows: what happens within a millisecond has no order that a tree could keep. */
const aWhile = 5;
export const askMuseum = async (): Promise<never> => {
  await sleep(aWhile);
  throw new Error("the museum did not answer");
};

export const drafts: ActorEnvelope[] = [];
export const writeDraft = async (): Promise<ActorEnvelope> => {
  const draft = { recipient: "reviewer", messageType: "Draft", payload: "a draft" };
  return envelopes.send(draft, async (envelope) => {
    await sleep(aWhile);
    return envelope;
  });
};
export const review = async (): Promise<string> => "they fit";

export const lookUp = async (question: string): Promise<string> => `${question}: 08:46`;
export const complete = async (): Promise<object> => ({
  text: "Zwolle to Utrecht",
  usage: { prompt_tokens: 12, completion_tokens: 3 },
});

/** Messages that go one way to one worker, whatever carries them. */
const transports = 14;

/** The trees that the guide shows, in its order. */
const shown = ["trip-7", "trip-6"];

export async function afterwards(): Promise<void> {
  await allHandled();
  await observer.close();
  const sessions = recorded();
  const oneWay = sessions.filter(({ session }) => !session.id.startsWith("trip-"));
  strictEqual(oneWay.length, transports);
  for (const { turns } of oneWay) {
    const [turn, ...more] = turns;
    const [root, handling, ...others] = turn?.spans ?? [];
    deepStrictEqual([more, others], [[], []]);
    strictEqual(handling?.parentSpanId, root?.spanId);
    strictEqual(handling?.causedBy, root?.spanId);
    strictEqual(handling?.status, "ok");
  }
  const guide = readFileSync(new URL("../../guides/actors.md", import.meta.url), "utf8");
  const trees = Array.from(guide.matchAll(/^```text\n(.*?)^```$/gms), ([, tree]) => tree);
  deepStrictEqual(
    shown.map((id) => turnsOf(sessions.find(({ session }) => session.id === id))),
    trees,
  );
}

function turnsOf(report: SessionReport | undefined): string {
  const lines = report ? renderTree(report, { times: false }) : [];
  return `${lines.slice(lines.findIndex((line) => line.startsWith("turn"))).join("\n")}\n`;
}

function recorded(): readonly SessionReport[] {
  const reader = journalReader(process.env["SPOOR_DIR"] ?? "");
  const [tree, content] = [createRunTree(), contentReader(reader)];
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  return tree.sessions().flatMap((id) => {
    const view = tree.session(id);
    return view ? [sessionReport(view, content)] : [];
  });
}
