/** Several stories as one: each in its own order, the next always by lot. The lots repeat when they are used up. */
export function interleaved<Item>(
  stories: readonly (readonly Item[])[],
  lots: readonly number[],
): readonly Item[] {
  const rest = stories.filter((story) => story.length > 0).map((story) => [...story]);
  const told: Item[] = [];
  for (let draw = 0; rest.length > 0; draw += 1) {
    const chosen = (lots[draw % lots.length] ?? 0) % rest.length;
    const story = rest[chosen] ?? [];
    told.push(...story.splice(0, 1));
    if (story.length === 0) rest.splice(chosen, 1);
  }
  return told;
}
