import { randomFrom } from "./projects-folder/random.ts";

/** Text of any length, another one each time and the same in every run, that gets about as much smaller by gzip as what people and tools say. */
export function texts(): (length: number) => string {
  const { between } = randomFrom(7);
  const word = (): string =>
    Array.from({ length: between(2, 9) }, () => String.fromCharCode(between(97, 122))).join("");
  const known = Array.from({ length: 4_000 }, word);
  return (length) => {
    const words: string[] = [];
    for (let had = 0; had < length;) {
      const next = known[between(0, known.length - 1)] ?? "";
      words.push(next);
      had += next.length + 1;
    }
    return words.join(" ").slice(0, length);
  };
}
