import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Fields, fieldsOf, parsed } from "../reading/narrow.ts";
import { draftsOf, eventsOf, runsOf, versions } from "./recordings.fixture.ts";

const planted = "sk-PLANTEDkey0123456789abcdefPLANTED";

/** The key wherever CrewAI writes those of its models: in agents, tasks and crews, as JSON or in Python's notation, and in events that nobody knows. */
function withKey(line: string): string {
  const fields = fieldsOf(parsed(line));
  const keyed = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      live.has(name) ? keyedObject(value) : value,
    ]),
  );
  return JSON.stringify(keyed);
}

const live: ReadonlySet<string> = new Set([
  "agent",
  "task",
  "crew",
  "agent_info",
  "eval_llm",
  "callbacks",
]);

function keyedObject(value: unknown): unknown {
  if (typeof value === "string") return `${value} llm=LLM(model='gpt-4o', api_key='${planted}')`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields: Fields = fieldsOf(value);
  return {
    ...fields,
    llm: { api_key: planted, headers: { authorization: planted } },
    api_key: planted,
  };
}

test.each(versions.flatMap(runsOf))(
  "a key in the agents and tasks of %s is told nowhere",
  (run) => {
    const lines = eventsOf(run).map(withKey);
    expect(JSON.stringify(draftsOf(lines))).not.toContain(planted);
    if (run.endsWith("r4-flow-human-feedback")) return; // no agent is in it
    expect(lines.join("\n")).toContain(planted);
  },
);

test("a key in an event that nobody has taught the adapter is told nowhere, and the event is noted", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("agent", "llm", "crew", "config", "anything", "source", "tools"),
      fc.constantFrom(
        { api_key: planted },
        [{ api_key: planted }],
        `LLM(model='gpt-4o', api_key='${planted}')`,
        `<LLM object at 0x7f> key=${planted}`.padEnd(3000, "."),
      ),
      (name, value) => {
        const line = JSON.stringify({
          type: "agent_teleported",
          timestamp: "2026-11-21T09:00:00.000001Z",
          event_id: "e1",
          parent_event_id: null,
          source_type: null,
          distance: 3,
          [name]: value,
        });
        const drafts = draftsOf([line]);
        expect(drafts).toContainEqual(
          expect.objectContaining({
            type: "native.noted",
            name: "agent_teleported",
            native: { distance: 3 },
          }),
        );
        expect(JSON.stringify(drafts)).not.toContain(planted);
      },
    ),
  );
});

test.each(["agent", "llm", "crew", "source", "tools", "callbacks"])(
  "what stands under %s is not looked at, whatever it is",
  (name) => {
    const event = { type: "agent_teleported", timestamp: "2026-11-21T09:00:00Z", event_id: "e1" };
    expect(JSON.stringify(draftsOf([JSON.stringify({ ...event, [name]: planted })]))).not.toContain(
      planted,
    );
  },
);

test("no fixture holds the key that its recording was made with", () => {
  for (const run of versions.flatMap(runsOf))
    expect(eventsOf(run).join("\n")).not.toMatch(/\bsk-[a-z0-9-]{8}/i);
});

test("where a checkpoint lies is no name of it: a place may hold a password, and a name stands in the open", () => {
  const place = "postgres://ada:PLANTED@127.0.0.1/checkpoints";
  const saved = (type: string): string =>
    JSON.stringify({
      type,
      timestamp: "2026-11-21T09:00:00Z",
      event_id: type,
      parent_event_id: null,
      location: place,
    });
  const drafts = draftsOf([saved("checkpoint_completed"), saved("checkpoint_restore_completed")]);
  const noted = drafts.filter(({ type }) => type === "native.noted");
  expect(noted.map(({ native }) => native)).toEqual([{ location: place }, { location: place }]);
  expect(JSON.stringify(drafts.map(({ native: _content, ...open }) => open))).not.toContain(
    "PLANTED",
  );
});
