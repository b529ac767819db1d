import type { Loose } from "../loose.ts";

type Tree = Record<string, unknown>;

/** What instrumentations spread over names such as `gen_ai.prompt.0.content`, put together again: numbers are places in lists. */
export function nestedUnder(attributes: Loose, prefix: string): unknown {
  if (attributes[prefix]) return attributes[prefix];
  const said = Object.entries(attributes)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.replace(`${prefix}.`, "").split("."), value] as const);
  const isList = said.some(([path]) => path.length > 1 && isPlace(path[0]));
  const tree = (isList ? [] : {}) as Tree;
  for (const [path, value] of said) if (!isList || isPlace(path[0])) put(tree, path, value);
  return tree;
}

const isPlace = (step: string | undefined): boolean => /^\d+$/.test(step ?? "");

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [step = "", ...rest] = path;
  if (rest.length === 0) {
    tree[step] = value;
    return;
  }
  tree[step] ??= isPlace(rest[0]) ? [] : {};
  put(tree[step] as Tree, rest, value);
}
