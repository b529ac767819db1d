import type { AnyValue, KeyValue } from "../key-value.ts";
import type { OtlpScope } from "../otlp.ts";
import {
  double,
  type Field,
  field,
  flag,
  integer,
  type Kind,
  message,
  repeated,
  text,
} from "./field.ts";

/** Of its variants, the one that is said: also where it says nothing. */
export const anyValue: Kind<AnyValue> = message<AnyVariants>({
  stringValue: said(1, text),
  boolValue: field(2, flag),
  intValue: field(3, integer),
  doubleValue: field(4, double),
  arrayValue: field(
    5,
    message({
      values: repeated(
        1,
        lazily(() => anyValue),
      ),
    }),
  ),
});

export const keyValue: Kind<KeyValue> = message({ key: field(1, text), value: field(2, anyValue) });

export const scope: Kind<OtlpScope> = message<OtlpScope>({
  name: field(1, text),
  version: field(2, text),
});

/** All variants at once, of which a value has one. */
interface AnyVariants {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
}

/** A variant that says its default is still the variant that was chosen. */
function said(number: number, { wire, write }: Kind<string>): Field<string> {
  return field(number, { wire, write });
}

function lazily<Value>(kind: () => Kind<Value>): Kind<Value> {
  return { wire: 2, write: (writer, value) => kind().write(writer, value) };
}
