import type { AnyValue, KeyValue } from "../key-value.ts";
import type { OtlpScope } from "../otlp.ts";
import {
  double,
  field,
  flag,
  integer,
  type Kind,
  message,
  oneOf,
  repeated,
  text,
  variant,
} from "./field.ts";

export const anyValue: Kind<AnyValue> = oneOf<AnyVariants>({
  stringValue: variant(1, text),
  intValue: variant(3, integer),
  boolValue: variant(2, flag),
  doubleValue: variant(4, double),
  arrayValue: variant(
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

function lazily<Value>(kind: () => Kind<Value>): Kind<Value> {
  return { wire: 2, write: (writer, value) => kind().write(writer, value) };
}
