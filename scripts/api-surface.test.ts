import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { expect, test } from "vitest";

// What users may import: names that come, go or change their kind are seen here before they are released, and are told in a changeset.

const packages = join(import.meta.dirname, "..", "packages");
const surfaces = join(import.meta.dirname, "..", "docs", "api");

interface Entry {
  readonly path: string;
  readonly source: string;
}

function entriesOf(name: string): readonly Entry[] {
  const manifest: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(packages, name, "package.json"), "utf8"),
  );
  return Object.entries(manifest.exports).flatMap(([path, target]) => {
    const source: unknown =
      typeof target === "object" && target !== null ? Reflect.get(target, "@spoor/source") : null;
    return typeof source === "string" ? [{ path, source }] : [];
  });
}

/** As an import statement would name them. */
function exportedBy(file: string): readonly string[] {
  const { module, errors } = parseSync(file, readFileSync(file, "utf8"));
  expect(errors).toEqual([]);
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .map(({ exportName, isType }) => {
      if (exportName.name === null)
        throw new Error(`${file} exports what cannot be listed: name it`);
      return isType ? `type ${exportName.name}` : exportName.name;
    })
    .toSorted();
}

test.each(readdirSync(packages))("what %s exports is what was agreed on", async (name) => {
  const sections = entriesOf(name).map(({ path, source }) =>
    [
      join(`@spoor/${name}`, path),
      ...exportedBy(join(packages, name, source)).map((exported) => `  ${exported}`),
    ].join("\n"),
  );
  if (sections.length > 0)
    await expect(`${sections.join("\n\n")}\n`).toMatchFileSnapshot(join(surfaces, `${name}.txt`));
});
