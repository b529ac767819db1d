declare const described: unique symbol;

export type Constant = string | number | boolean | null;

type Structure =
  | { readonly kind: "text"; readonly maxLength: number }
  | { readonly kind: "hex"; readonly digits: number }
  | { readonly kind: "number" }
  | { readonly kind: "integer"; readonly minimum: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "constant"; readonly values: readonly Constant[] }
  | { readonly kind: "list"; readonly items: AnyShape; readonly maxItems?: number }
  | { readonly kind: "object"; readonly fields: Fields }
  | { readonly kind: "tagged"; readonly tag: string; readonly cases: Cases }
  | { readonly kind: "union"; readonly alternatives: readonly AnyShape[] };

/** A shape whose type nobody asks for: what the readers of the table walk over. */
export type AnyShape = Structure & { readonly name?: string };

/**
 * What values of a type look like, as data: the check, the JSON Schema and the arbitraries of the tests are three readings of it.
 * It holds its type both ways, so a shape of something wider or narrower does not pass for it.
 */
export type Shape<Type> = AnyShape & { readonly [described]?: (value: Type) => Type };

/** A field that may be absent. */
export interface Optional<Type> {
  readonly optional: Shape<Type>;
}
export type Field = AnyShape | { readonly optional: AnyShape };
export type Fields = Readonly<Record<string, Field>>;
/** Objects told apart by the value of one field, the tag, which is not among their fields. */
export type Cases = Readonly<Record<string, Fields>>;

export type TypeOf<Described> = Described extends {
  readonly [described]?: (value: infer Type) => unknown;
}
  ? Type
  : never;

/** Neither more nor fewer fields than the type has, each optional where the type's is. */
export type FieldsOf<Type> = {
  readonly [Name in keyof Type]-?: undefined extends Type[Name]
    ? Optional<Exclude<Type[Name], undefined>>
    : Shape<Type[Name]>;
};

/** The type that fields describe. */
export type ObjectOf<Described> = {
  readonly [
    Name in keyof Described as Described[Name] extends Optional<infer _> ? never : Name
  ]: TypeOf<Described[Name]>;
} & {
  readonly [
    Name in keyof Described as Described[Name] extends Optional<infer _> ? Name : never
  ]?: Described[Name] extends Optional<infer Type> ? Type : never;
};

/** The union that cases describe, tag and all. */
export type CasesOf<Tag extends string, Described> = {
  [Case in keyof Described]: { readonly [Name in Tag]: Case } & ObjectOf<Described[Case]>;
}[keyof Described];

/** Text of at most so many characters, counted as Unicode code points. */
export const text = (maxLength: number): Shape<string> => ({ kind: "text", maxLength });

/** Lower-case hexadecimal digits, exactly so many. */
export const hex = <Id extends string>(digits: number): Shape<Id> => ({ kind: "hex", digits });

/** Any finite number. */
export const number: Shape<number> = { kind: "number" };

/** A count or a position. */
export const integer: Shape<number> = { kind: "integer", minimum: 0 };

export const boolean: Shape<boolean> = { kind: "boolean" };

export const literal = <const Value extends Constant>(value: Value): Shape<Value> => ({
  kind: "constant",
  values: [value],
});

export const oneOf = <const Values extends readonly Constant[]>(
  ...values: Values
): Shape<Values[number]> => ({ kind: "constant", values });

export const list = <Item>(items: Shape<Item>, maxItems?: number): Shape<readonly Item[]> => ({
  kind: "list",
  items,
  ...(maxItems === undefined ? {} : { maxItems }),
});

/** Fields that are not named here are allowed and kept. */
export const object = <const Described extends Fields>(
  fields: Described,
): Shape<ObjectOf<Described>> => ({ kind: "object", fields });

export const tagged = <Tag extends string, const Described extends Cases>(
  tag: Tag,
  cases: Described,
): Shape<CasesOf<Tag, Described>> => ({ kind: "tagged", tag, cases });

export const union = <const Alternatives extends readonly AnyShape[]>(
  ...alternatives: Alternatives
): Shape<TypeOf<Alternatives[number]>> => ({ kind: "union", alternatives });

export const optional = <Type>(shape: Shape<Type>): Optional<Type> => ({ optional: shape });

/** Under this name it stands once in the JSON Schema, and is spoken of in problems. */
export const named = <Type>(name: string, shape: Shape<Type>): Shape<Type> => ({ ...shape, name });
