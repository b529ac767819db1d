import process from "node:process";
import { createObserver, journalFolder } from "@spoor/core";
import { jetStream, makeStream } from "./bus/jetstream.ts";
import { Mailboxes } from "./bus/mailboxes.ts";
import { findNatsServer } from "./bus/nats-server.ts";
import { planDayOut } from "./plan-day-out.ts";
import { suggestions, treeOf } from "./show.ts";
import { startProcess } from "./start-process.ts";

const say = (who: string, text: string): void => console.log(`${who}: ${text}`);
const print = (heading: string, lines: readonly string[] = []): void =>
  console.log([`\n── ${heading}`, ...lines].join("\n"));

const id = `day-out-${new Date().toISOString().slice(0, 19)}`;
const dir = journalFolder(undefined, process.env, process.cwd());
const server = await findNatsServer();
try {
  await play(server?.url ?? null);
} finally {
  server?.stop();
}
print("What five processes recorded, of which one was killed", treeOf(dir, id));
print("What to try next", suggestions(dir, id));

async function play(url: string | null): Promise<void> {
  print(`Four processes over ${url === null ? "mailboxes in this one" : `NATS (${url})`}`);
  const mailboxes = new Mailboxes();
  const nats = url === null ? null : { url, stream: id.replaceAll(":", "-") };
  const removeStream = nats && (await makeStream(nats));
  const bus = nats ? await jetStream(nats) : mailboxes.connect();
  const observer = createObserver(); // spoor
  await planDayOut(id, {
    observer,
    bus,
    say,
    start: (name, museum) =>
      startProcess({ name, museum, nats }, { mailboxes, environment: process.env, say }),
  });
  await observer.close(); // spoor
  await bus.close();
  await removeStream?.();
}
