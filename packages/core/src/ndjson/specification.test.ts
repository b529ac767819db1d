import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eventIdOf, spanIdOf } from "../vocabulary/identity.ts";
import type { ContentRef, EventDraft } from "../vocabulary/event.ts";
import { allOf } from "./conversation.fixture.ts";
import { readNdjson } from "./read.ts";

const specification = readFileSync(
  new URL("../../../../docs/spec/ndjson.md", import.meta.url),
  "utf8",
);

test("the example of the specification reads as it says, and its ids are right", async () => {
  const [, example = ""] = /```ndjson\n(.*?)```/su.exec(specification) ?? [];
  const record = readNdjson(example.split("\n"));
  const events = await allOf(record);
  expect(record.reading()).toMatchObject({ lines: 2, events: 2, malformed: 0 });
  const [opening, closing] = events;
  if (opening?.type !== "tool.started" || closing?.type !== "tool.ended") throw new Error("lost");
  for (const event of [opening, closing]) {
    expect(event.spanId).toBe(spanIdOf(event.session, event.key));
    // An id is made of what a draft has, too.
    expect(event.id).toBe(eventIdOf(event as unknown as EventDraft));
  }
  expect(closing.output).toBe(opening.input);
  expect(record.content.read(closing.output as ContentRef)).toEqual({
    kind: "value",
    value: "hello",
  });
});
