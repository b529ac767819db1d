/** What was said at all: an option that is undefined, out of a variable that nobody has set, is none, and does not take the place of a default. */
export function said<Options extends object>(options: Options): Options {
  const members = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members) as Options;
}
