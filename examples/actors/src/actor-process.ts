import process from "node:process";
import { observeEnvelopes } from "@spoor/autogen";
import { createObserver } from "@spoor/core";
import { type ActorName, type Museum, openMuseum, team } from "./actors/team.ts";
import { busOfParent } from "./bus/channel.ts";
import { jetStream, type NatsPlace } from "./bus/jetstream.ts";
import type { Say } from "./say.ts";

/** What a process is started for. */
export interface Part {
  readonly name: ActorName;
  readonly museum: "open" | "silent";
  /** Null: the bus lies in the process that started this one. */
  readonly nats: NatsPlace | null;
}

/** What it tells the process that started it. */
export type Word =
  | { readonly state: "ready" | "stuck" }
  | { readonly who: string; readonly text: string };

/** Whoever started this may have ended. */
const tell = (word: Word): void => void process.send?.(word, () => {});
const part: Part = JSON.parse(process.argv[2] ?? "");

const silentMuseum: Museum = () => {
  tell({ state: "stuck" });
  return new Promise(() => {});
};

const observer = createObserver(); // spoor
const envelopes = observeEnvelopes(observer); // spoor
const bus = part.nats ? await jetStream(part.nats) : busOfParent(process);
const museum = part.museum === "silent" ? silentMuseum : openMuseum;
const say: Say = (who, text) => tell({ who, text });

process.once("disconnect", async () => {
  await bus.close();
  await observer.close(); // spoor
});
await team(museum)[part.name]({ bus, envelopes, say });
tell({ state: "ready" });
