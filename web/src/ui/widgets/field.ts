import type { Json } from "../../core/json";
import type { InputSchema, LiteralSchema } from "../../core/schema";

/** What every field takes: the value as it is, and how to change it. */
export interface FieldProps {
  readonly node: string;
  readonly input: string;
  readonly label: string;
  /** With plain numbers, for what reckons with them; `exact` tells 4.0 from 4. */
  readonly value: Json | undefined;
  readonly exact: Json | undefined;
  /** The literal's schema, without null; `whole` is that of the input. */
  readonly schema: LiteralSchema;
  readonly whole: InputSchema;
  /** `more`: further changes of the same gesture follow, all of them one step of undo. */
  change(value: Json, more?: boolean): void;
  done(): void;
}
