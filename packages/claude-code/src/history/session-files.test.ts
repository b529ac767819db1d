import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sessionFiles } from "./session-files.ts";

const project = [
  "/p/-work/a.jsonl",
  "/p/-work/a/subagents/agent-1.jsonl",
  "/p/-work/a/subagents/agent-1/subagents/agent-3.jsonl",
  "/p/-work/a/subagents/agent-2.jsonl",
  "/p/-work/b-a.jsonl",
  "/p/-work/b.jsonl",
  "/p/-work/b/subagents/agent-1.jsonl",
  "/p/-work/gone/subagents/agent-9.jsonl",
  "/p/-work.ndjson",
];

test("what lies in a session's folder belongs to the session, whatever the order of the paths", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(project, { minLength: project.length }), (paths) => {
      expect(sessionFiles(paths)).toEqual([
        ["/p/-work.ndjson"],
        [
          "/p/-work/a.jsonl",
          "/p/-work/a/subagents/agent-1.jsonl",
          "/p/-work/a/subagents/agent-1/subagents/agent-3.jsonl",
          "/p/-work/a/subagents/agent-2.jsonl",
        ],
        ["/p/-work/b-a.jsonl"],
        ["/p/-work/b.jsonl", "/p/-work/b/subagents/agent-1.jsonl"],
        ["/p/-work/gone/subagents/agent-9.jsonl"],
      ]);
    }),
  );
});

test("every path is in exactly one session", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(project), (paths) => {
      expect(
        sessionFiles([...paths, ...paths])
          .flat()
          .toSorted(),
      ).toEqual(paths.toSorted());
    }),
  );
});
