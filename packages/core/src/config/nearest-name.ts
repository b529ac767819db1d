/** The name that was probably meant; null where none is near. A name that was cut short, or written on, is near. */
export function nearestName(written: string, names: readonly string[]): string | null {
  const word = written.toLowerCase();
  let nearest: string | null = null;
  // Of a word of which more than half is changed, little is left that was meant.
  let least = Math.min(Math.max(2, Math.floor(word.length / 3)), Math.floor(word.length / 2)) + 1;
  for (const name of names) {
    const candidate = name.toLowerCase();
    const distance = isBeginning(word, candidate) ? 1 : editsBetween(word, candidate);
    if (distance >= least || distance >= candidate.length) continue;
    nearest = name;
    least = distance;
  }
  return nearest;
}

const shortestBeginning = 3;

function isBeginning(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.length >= shortestBeginning && long.startsWith(short);
}

/** How many letters have to be put in, taken out, changed or swapped with their neighbour. */
function editsBetween(left: string, right: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = left[row - 1] === right[column - 1] ? 0 : 1;
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + changed,
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[right.length] ?? 0;
}
