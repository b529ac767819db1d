import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const packages = join(root, "packages");

/** Who may import whom at run time. Names on the right are packages of this repository; everything else outside is named with a reason. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: ["@pydantic/genai-prices"],
  testing: ["@spoor/core", "vitest", "fast-check"],
  autogen: ["@spoor/core"],
  "claude-code": ["@spoor/core"],
  crew: ["@spoor/core"],
  langgraph: ["@spoor/core"],
  cli: ["@spoor/core", "@spoor/autogen", "@spoor/claude-code", "@spoor/crew", "@spoor/langgraph"],
};

/** Rooms of core, from the ground up: a room may only look at itself and at those before it. */
const floors: readonly (readonly string[])[] = [
  ["vocabulary"],
  ["grammar", "schema", "journal", "terminal", "redaction", "carriers"],
  ["recorder", "run-tree"],
  ["pipeline", "report", "search"],
  ["cost", "retention"],
  ["otlp"],
  ["console", "otel", "langfuse", "ndjson", "metrics", "audit"],
  ["config"],
  ["observer"],
];

interface Import {
  readonly file: string;
  readonly from: string;
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.(test|test-d|fixture)\.ts$/.test(name))
    .filter((name) => !name.includes("fixtures"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const specifiers = [
    ...text.matchAll(/(?:^|\n)(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)"/g),
    ...text.matchAll(/\bimport\("([^"]+)"\)/g),
  ];
  return specifiers.flatMap(([, from]) => (from === undefined ? [] : [{ file, from }]));
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

test("packages import only what the dependency rule allows", () => {
  const offences = Object.entries(allowed).flatMap(([name, mayImport]) =>
    sources(join(packages, name, "src"))
      .flatMap(importsOf)
      .filter(({ from }) => !from.startsWith(".") && !from.startsWith("node:"))
      .filter(({ from }) => !mayImport.includes(packageOf(from)))
      .map(({ file, from }) => `${relative(root, file)} imports ${from}`),
  );
  const testOnly = /arbitrary-|testing-kit|example-lines|fixtures\.ts|\/live\//;
  expect(offences.filter((offence) => !testOnly.test(offence))).toEqual([]);
});

test("every package is under the dependency rule", () => {
  expect(readdirSync(packages).toSorted()).toEqual(Object.keys(allowed).toSorted());
});

test("in core, no room looks at a room above it", () => {
  const core = join(packages, "core", "src");
  const floorOf = (file: string): number => {
    const [room = ""] = relative(core, file).split(sep);
    return floors.findIndex((rooms) => rooms.includes(room));
  };
  const offences = sources(core)
    .filter((file) => dirname(file) !== core && !file.includes("testing-kit"))
    .flatMap(importsOf)
    .filter(({ from }) => from.startsWith("."))
    .filter(({ file, from }) => {
      const imported = join(dirname(file), from);
      const sameRoom =
        relative(core, file).split(sep)[0] === relative(core, imported).split(sep)[0];
      return !sameRoom && floorOf(imported) >= floorOf(file);
    })
    .map(({ file, from }) => `${relative(root, file)} imports ${from}`);
  expect(offences).toEqual([]);
});

test("core needs nothing at run time but the prices, and those only where costs are worked out", () => {
  const manifest: { readonly dependencies?: object } = JSON.parse(
    readFileSync(join(packages, "core", "package.json"), "utf8"),
  );
  expect(Object.keys(manifest.dependencies ?? {})).toEqual(["@pydantic/genai-prices"]);
  const core = join(packages, "core", "src");
  const rooms = sources(core)
    .flatMap(importsOf)
    .filter(({ from }) => from === "@pydantic/genai-prices")
    .map(({ file }) => relative(core, file).split(sep)[0]);
  expect([...new Set(rooms)]).toEqual(["cost"]);
});

test("there is no circle of imports", () => {
  const files = Object.keys(allowed).flatMap((name) => sources(join(packages, name, "src")));
  const edges = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ from }) => from.startsWith("."))
        .map(({ from }) => join(dirname(file), from)),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      circles.push(
        [...path.slice(path.indexOf(file)), file].map((at) => relative(root, at)).join(" → "),
      );
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

/** Rooms and files by their names, as the map writes them. */
const named = (cell: string): readonly string[] =>
  Array.from(cell.matchAll(/`([\w/-]+(?:\/|\.ts))`/g), ([, name = ""]) => name.replace(/\/$/, ""));

interface FloorTold {
  readonly floor: number;
  readonly rooms: readonly string[];
  /** Rooms and files in these rooms. */
  readonly inside: readonly string[];
}

/** The rows of the map's table of floors. */
const told: readonly FloorTold[] = Array.from(
  readFileSync(join(root, "ARCHITECTURE.md"), "utf8").matchAll(/^\| (\d) \| ([^|]+) \| (.+) \|$/gm),
  ([, floor, rooms = "", idea = ""]) => ({
    floor: Number(floor),
    rooms: named(rooms),
    inside: named(idea),
  }),
);

test("the map shows the floors as they are", () => {
  const drawn = floors.map((_, floor) =>
    told.flatMap((row) => (row.floor === floor ? row.rooms : [])).toSorted(),
  );
  expect(drawn).toEqual(floors.map((rooms) => rooms.toSorted()));
});

test("what the map names in a room is there", () => {
  const core = join(packages, "core", "src");
  const missing = told.flatMap(({ rooms, inside }) => {
    const paths = rooms.flatMap((room) =>
      readdirSync(join(core, room), { recursive: true, encoding: "utf8" }).map((path) =>
        join(room, path),
      ),
    );
    return [...rooms, ...inside].filter(
      (name) =>
        !rooms.includes(name) && !paths.some((path) => `${sep}${path}`.endsWith(`${sep}${name}`)),
    );
  });
  expect(missing).toEqual([]);
});
