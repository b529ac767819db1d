import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { observeEnvelopes } from "@spoor/autogen";
import { createObserver, type Observer } from "@spoor/core";
import { expect, onTestFinished, test } from "vitest";
import { type ActorName, type Museum, openMuseum, team } from "./actors/team.ts";
import { Mailboxes } from "./bus/mailboxes.ts";
import { planDayOut, type Running } from "./plan-day-out.ts";
import type { Say } from "./say.ts";
import { treeOf } from "./show.ts";
import { startProcess } from "./start-process.ts";

const unheard: Say = () => {};

test("four actors, one of which dies in the middle of its task, are one trace", async () => {
  const dir = newFolder();
  const mailboxes = new Mailboxes();
  let now = Date.UTC(2026, 0, 1);
  const newObserver = (): Observer =>
    createObserver({ journal: { dir }, clock: () => (now += 1), flushOnExit: false });
  const observer = newObserver();
  await planDayOut("day-out", {
    observer,
    bus: mailboxes.connect(),
    start: (name, museum) => startHere(name, museum, { mailboxes, observer: newObserver() }),
    say: unheard,
  });
  await observer.close();

  expect(`\n${treeOf(dir, "day-out", { times: false }).join("\n")}\n`).toMatchInlineSnapshot(`
    "
    session day-out · actors · ok
    1 turn · 7 model calls · 3 tool calls · 189 in · 75 out · cost ?

    turn 0 Goal             ok    189 in  75 out
    │  » A day in Utrecht on Saturday, by train, with the railway museum.
    │  · message.sent you → planner  request  A day in Utrecht on Saturday, by train, with the railway museum.
    ├─ agent planner        ok                    #1
    │  │  · message.received ← you  request  A day in Utrecht on Saturday, by train, with the railway museum.
    │  ╰─ model scripted-1  ok     24 in  25 out
    │     · message.sent → trains  send  text Find a train from Zwolle to Utrecht that arrives before ten, and one back after six., of 2
    │     · message.sent → sights  send  text Find out when the railway museum is open on Saturday., of 2
    ├─ agent trains         ok                    #2  ← #1
    │  │  · message.received ← planner  send  text Find a train from Zwolle to Utrecht that arrives before ten, and one back after six., of 2
    │  ├─ model scripted-1  ok     20 in   7 out
    │  ├─ tool timetable    ok
    │  ╰─ model scripted-1  ok     37 in  10 out
    │     · message.sent → reviewer  send  text There at 08:46, in Utrecht at 09:42; back at 18:18., of 2
    ├─ agent sights         open                  ← #1
    │  │  · message.received ← planner  send  text Find out when the railway museum is open on Saturday., of 2
    │  ├─ model scripted-1  ok     21 in   6 out
    │  ╰─ tool ask_museum   open
    ├─ agent sights         ok                    #3  ← #1  attempt 2
    │  │  · message.received ← planner  send  text Find out when the railway museum is open on Saturday., of 2
    │  ├─ model scripted-1  ok     21 in   6 out
    │  ├─ tool ask_museum   ok
    │  ╰─ model scripted-1  ok     31 in   9 out
    │     · message.sent → reviewer  send  text The railway museum is open from 10:00 to 17:00., of 2
    ├─ agent reviewer       ok                    #4  ← #2 #3
    │  │  · message.received ← trains  send  text There at 08:46, in Utrecht at 09:42; back at 18:18., of 2
    │  │  · message.received ← sights  send  text The railway museum is open from 10:00 to 17:00., of 2
    │  ╰─ model scripted-1  ok     35 in  12 out
    │     · message.sent → planner  send  They fit: 08:46 there, the museum from 10:00 to 17:00, 18:18 back.
    ╰─ agent planner        ok                    ← #4
          · message.received ← reviewer  send  They fit: 08:46 there, the museum from 10:00 to 17:00, 18:18 back.
          · message.sent → you  response  They fit: 08:46 there, the museum from 10:00 to 17:00, 18:18 back.
       · message.received planner → you  response  They fit: 08:46 there, the museum from 10:00 to 17:00, 18:18 back.
       « They fit: 08:46 there, the museum from 10:00 to 17:00, 18:18 back.
    "
  `);
});

test("the same holds where the one that dies is a process, and killed", async () => {
  const dir = newFolder();
  const mailboxes = new Mailboxes();
  const newObserver = (): Observer => createObserver({ journal: { dir }, flushOnExit: false });
  const environment = { HOME: dir, SPOOR_DIR: dir };
  const said: string[] = [];
  const say: Say = (who) => void said.push(who);
  const observer = newObserver();
  await planDayOut("day-out", {
    observer,
    bus: mailboxes.connect(),
    start: (name, museum) =>
      name === "sights"
        ? startProcess({ name, museum, nats: null }, { mailboxes, environment, say })
        : startHere(name, museum, { mailboxes, observer: newObserver() }),
    say,
  });
  await observer.close();

  const rows = treeOf(dir, "day-out", { times: false });
  const agents = rows.flatMap(
    (row) => /^[├╰]─ agent (\w+) +(\w+)/.exec(row)?.slice(1).join(" ") ?? [],
  );
  expect(agents.toSorted()).toEqual([
    "planner ok",
    "planner ok",
    "reviewer ok",
    "sights ok",
    "sights open",
    "trains ok",
  ]);
  expect(rows.filter((row) => row.includes("attempt 2"))).toHaveLength(1);
  expect(rows.filter((row) => row.startsWith("turn "))).toHaveLength(1);
  expect(new Set(said)).toEqual(new Set(["you", "sights", "(…)", "planner"]));
});

/** An actor with an observer and a connection of its own, as a process has them. */
async function startHere(
  name: ActorName,
  museum: "open" | "silent",
  { mailboxes, observer }: { readonly mailboxes: Mailboxes; readonly observer: Observer },
): Promise<Running> {
  const stuck = Promise.withResolvers<void>();
  const bus = mailboxes.connect();
  const silentMuseum: Museum = () => {
    stuck.resolve();
    return new Promise(() => {});
  };
  const actors = team(museum === "open" ? openMuseum : silentMuseum);
  await actors[name]({ bus, envelopes: observeEnvelopes(observer), say: unheard });
  return { stuck: stuck.promise, kill: () => bus.close(), stop: () => observer.close() };
}

function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "spoor-example-actors-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
