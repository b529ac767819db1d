import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitrarySpan } from "../../arbitrary-span.ts";
import { exampleSpan } from "../../example-span.ts";
import { traceFieldsOf } from "./trace-fields.ts";

const { labels } = exampleSpan();

test("every observation says of its trace what it is called, whose it is and where it ran", () => {
  const span = exampleSpan({
    kind: "tool",
    turnName: "cook",
    labels: {
      ...labels,
      tags: ["a", "b,c"],
      environment: "Production",
      release: "r1",
      agentVersion: "2",
    },
  });
  expect(traceFieldsOf(span, "ada")).toEqual({
    fields: {
      traceName: "cook",
      sessionId: "session-1",
      userId: "ada",
      tags: ["a", "b,c"],
      environment: "production",
      release: "r1",
      version: "2",
    },
    leftOut: [],
  });
});

test("a session that nobody named is none", () => {
  const { fields, leftOut } = traceFieldsOf(exampleSpan({ sessionInferred: true }), null);
  expect(fields.sessionId).toBeNull();
  expect(leftOut).toEqual([]);
});

test("what Langfuse would drop or rename is left out and named, whatever else fits", () => {
  const long = "x".repeat(201);
  const span = exampleSpan({
    session: "Sitzung für Ada",
    turnName: long,
    labels: { ...labels, tags: ["a", long, "b"], environment: "langfuse-eu", release: long },
  });
  const { fields, leftOut } = traceFieldsOf(span, long);
  expect(fields).toMatchObject({
    sessionId: null,
    traceName: null,
    userId: null,
    tags: ["a", "b"],
  });
  expect(fields).toMatchObject({ environment: null, release: null, version: null });
  expect(leftOut.map((words) => words.split(":")[0])).toEqual([
    "trace name",
    "session id",
    "user id",
    "tag 2",
    "environment",
    "release",
  ]);
});

test("whatever a span says, what is told fits, and what is not told is named", () => {
  const name = fc.option(fc.string({ unit: "binary", maxLength: 400 }), { nil: null });
  fc.assert(
    fc.property(
      arbitrarySpan(),
      name,
      name,
      fc.array(fc.string({ maxLength: 400 })),
      (any, user, environment, tags) => {
        const span = { ...any, labels: { ...any.labels, environment, tags } };
        const { fields, leftOut } = traceFieldsOf(span, user);
        const told = Object.values(fields)
          .flat()
          .filter((value) => value !== null);
        for (const value of told) expect(value.length).toBeLessThanOrEqual(200);
        expect(fields.environment ?? "fits").toMatch(/^[a-z0-9_-]{1,40}$/);
        expect(fields.sessionId ?? "fits").toMatch(/^[\x20-\x7e]+$/);
        const said = [span.turnName, span.sessionInferred ? null : span.session, user, environment];
        const known = said.filter((value) => value !== null).length + tags.length;
        expect(told.length + leftOut.length).toBe(known);
      },
    ),
  );
});
