import { earlierMessages } from "@spoor/core";

type Noun = "message" | "item";

/** Stands for those that were told before. Words, so that nobody takes them for one of them. */
export function earlierInWords(count: number, noun: Noun): readonly string[] {
  if (count === 0) return [];
  return [
    noun === "message" ? earlierMessages(count) : `[${count} earlier ${plural(count, noun)}]`,
  ];
}

/** Stands for those that nobody was told of, because it was too much at once: they are when they come again. */
export function leftOutInWords(count: number, noun: Noun): readonly string[] {
  return count === 0 ? [] : [`[${count} ${plural(count, noun)} not told here]`];
}

const plural = (count: number, noun: Noun): string => (count === 1 ? noun : `${noun}s`);
