import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

// A link from one page of the repository to another leads to a file that is there, and to a heading that the file has.

const root = join(import.meta.dirname, "..");
const passedBy = new Set(["node_modules", "dist", "fixtures", "coverage"]);

function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return passedBy.has(entry.name) || /^\.(?!changeset)/u.test(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

const withoutCode = (text: string): string => text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gmu, "");

/** As the places that show these pages name a heading. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = withoutCode(readFileSync(page, "utf8")).matchAll(/^#+ +(.+)$/gmu);
  return new Set(
    Array.from(headings, ([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/gu, "-"),
    ),
  );
}

/** Why a link leads nowhere; null: it does not. */
function faultOf(page: string, link: string): string | null {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), decodeURIComponent(path));
  if (!existsSync(target)) return "there is no such file";
  if (anchor === undefined || statSync(target).isDirectory()) return null;
  return anchorsOf(target).has(anchor) ? null : "there is no such heading";
}

test("every link between pages leads somewhere", () => {
  const links = pagesIn(root).flatMap((page) =>
    Array.from(
      withoutCode(readFileSync(page, "utf8")).matchAll(/\]\(([^)\s]+)\)/gu),
      ([, link = ""]) => ({ page, link }),
    ).filter(({ link }) => !/^[a-z]+:/u.test(link)),
  );
  expect(links.length).toBeGreaterThan(100);
  const broken = links.flatMap(({ page, link }) => {
    const fault = faultOf(page, link);
    return fault === null ? [] : [`${relative(root, page)}: ${link}: ${fault}`];
  });
  expect(broken).toEqual([]);
});
