type Known<Fields> = { readonly [Name in keyof Fields]?: NonNullable<Fields[Name]> };

/** Without the fields that nothing is known of. */
export function known<Fields extends object>(fields: Fields): Known<Fields> {
  const told = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(told) as Known<Fields>;
}
