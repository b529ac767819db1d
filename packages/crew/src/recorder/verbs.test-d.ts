import type { ModelScope } from "@spoor/core";
import { expectTypeOf, test } from "vitest";
import type { CrewScope } from "./crew-scope.ts";

test("a verb gives what its body gives, and without one what it opens", () => {
  const crew = {} as CrewScope;
  expectTypeOf(crew.task("a")).toEqualTypeOf<CrewScope>();
  expectTypeOf(crew.task("a", { expected: "b" })).toEqualTypeOf<CrewScope>();
  expectTypeOf(crew.task("a", async () => 1)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(crew.task("a", { attempt: 2 }, (task) => task.key)).toEqualTypeOf<string>();
  expectTypeOf(crew.model("m")).toEqualTypeOf<ModelScope>();
  expectTypeOf(crew.model("m", (call) => call)).toEqualTypeOf<ModelScope>();
  expectTypeOf(crew.askHuman("w", "?", () => 1)).toEqualTypeOf<number>();
});

test("options are those of the verb", () => {
  const crew = {} as CrewScope;
  // @ts-expect-error a tool was asked for by a call of a model, and nobody said what it is to give
  crew.tool("t", { expected: "b" });
  // @ts-expect-error keys are made of ids
  crew.task("a", { key: "b" });
});
