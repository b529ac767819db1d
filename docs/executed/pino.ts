/** As far as the page uses it: each line with what `mixin` adds. */
export default function pino({ mixin }: { readonly mixin: () => object }): {
  readonly warn: (message: string) => string;
} {
  return { warn: (message) => JSON.stringify({ level: 40, ...mixin(), msg: message }) };
}
