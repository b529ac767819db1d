import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ContentReader } from "../../journal/content.ts";
import { arbitraryEvent } from "../../schema/arbitrary-event.ts";
import { spanEventOf } from "./span-events.ts";

const page = readFileSync(new URL("../../../../../docs/spec/otel.md", import.meta.url), "utf8");

const anything: ContentReader = {
  read: () => ({ kind: "value", value: "said" }),
  sizeOf: () => 0,
  messages: () => [],
};

test("the page says every mark that is sent, and every attribute of it", () => {
  fc.assert(
    fc.property(arbitraryEvent(), (mark) => {
      const [event] = spanEventOf(mark, anything, null);
      if (!event) return;
      expect(page).toContain(`\`${event.name}\``);
      for (const { key } of event.attributes) expect(page).toContain(`\`${key}\``);
    }),
    { numRuns: 500 },
  );
});
