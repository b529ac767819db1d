import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eventFields } from "../schema/events.ts";
import type { EventType } from "../vocabulary/event.ts";
import { contentPlacesOf } from "./place.ts";

const page = readFileSync(new URL("../../../../docs/spec/redaction.md", import.meta.url), "utf8");
const [, afterHeading = ""] = page.split("## 2. Places\n");
const [section = ""] = afterHeading.split("\n## ");

/** Those of the table, whose cells name several. */
const told: readonly string[] = section
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) =>
    Array.from((line.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/gu), ([, place = ""]) => place),
  );

test("the page names every place at which a redactor looks, and no other", () => {
  const ofEvents = Object.keys(eventFields).flatMap((type) =>
    contentPlacesOf(type as EventType).map(({ place }) => place),
  );
  const ofContexts = ["context.instructions", "context.tools", "context.messages"];
  const places = new Set<string>([...ofEvents, ...ofContexts, "name"]);
  expect(told.toSorted()).toEqual([...places].toSorted());
});
