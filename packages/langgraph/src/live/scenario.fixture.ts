import { expect, test } from "vitest";
import { goldenFile, olderLine } from "./golden.ts";
import { plain } from "./plain.ts";
import { recorded, type Run } from "./recorded.fixture.ts";

interface ScenarioOptions {
  /** Why the older line has nothing to run here. */
  readonly notInOlderLine?: string;
}

/** Runs it with and without a record: the application may see no difference, and what was recorded is the reviewed tree. */
export function scenario(name: string, run: Run, { notInOlderLine }: ScenarioOptions = {}): void {
  if (olderLine !== undefined && notInOlderLine !== undefined) {
    test.skip(`${name}: ${notInOlderLine}`);
    return;
  }
  test(`${name}: the reviewed tree, and nothing that the application could notice`, async () => {
    const bare = await run({ callbacks: [] });
    const { answer, tree, problems } = await recorded(run);
    expect(plain(answer)).toBe(plain(bare));
    expect(problems).toEqual([]);
    await expect(tree).toMatchFileSnapshot(goldenFile(name, tree));
  });
}
