import { expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import { traceIdOf } from "../vocabulary/identity.ts";
import { recordedIn } from "./recorded-context.ts";

test("what a recorder answers knows its session, and the turn by its first activation", () => {
  const { contexts } = record([
    say.turn("turn"),
    say.tool("tool", "turn"),
    say.interrupt("turn", "approval"),
    say.turn("again", { resumes: "approval" }),
  ]);
  const known = contexts.flatMap((context) => (context ? recordedIn(context) : []));
  expect(known).toHaveLength(3);
  for (const each of known)
    expect(each).toMatchObject({ session: say.session, turnSpanId: say.spanId("turn") });
});

test("what is copied or written of it are the two ids, and a copy knows no more", () => {
  const [context] = record([say.turn("turn")]).contexts;
  if (!context) throw new Error("the turn has no context");
  const ids = { traceId: traceIdOf(say.session, "turn"), spanId: say.spanId("turn") };
  expect(JSON.parse(JSON.stringify(context))).toEqual(ids);
  expect({ ...context }).toEqual(ids);
  expect(recordedIn({ ...context })).toBeNull();
});
