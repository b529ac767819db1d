import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as conventions from "./convention-instruments.ts";
import * as inference from "./inference-instruments.ts";
import type { Instrument } from "./instrument.ts";
import * as own from "./own-instruments.ts";

const page = new URL("../../../../docs/spec/metrics.md", import.meta.url);

const words: Readonly<Record<Instrument["kind"], string>> = {
  counter: "counter",
  highest: "gauge",
  histogram: "histogram",
};

test("the specification has every metric with its type and unit, and no other", () => {
  const instruments: readonly Instrument[] = [
    ...Object.values(conventions).filter((one) => "kind" in one),
    ...Object.values(inference),
    ...Object.values(own),
  ];
  const rows = readFileSync(page, "utf8").matchAll(
    /^\| `((?:gen_ai|spoor)\.[\w.]+)` \| [^|]+\| (\w+), (\S+) \|/gm,
  );
  const said = Array.from(rows, ([, name, type, unit]) => `${name} ${type} ${unit}`);
  const real = instruments.map(
    ({ name, kind, unit }) => `${name} ${words[kind]} ${unit === "s" ? unit : `\`${unit}\``}`,
  );
  expect(said.toSorted()).toEqual(real.toSorted());
});
