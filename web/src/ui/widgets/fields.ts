import { type ComponentType, lazy } from "react";
import { hintOf, type InputSchema, type LiteralSchema } from "../../core/schema";
import { namesBody } from "../../core/subgraphs/bodies";
import { BodyField } from "./BodyField";
import { ChoiceField } from "./ChoiceField";
import { ColourField } from "./ColourField";
import type { FieldProps } from "./field";
import { FileField } from "./FileField";
import { JsonField } from "./JsonField";
import { ListField } from "./ListField";
import { MaskField } from "./MaskField";
import { NamedField } from "./NamedField";
import { NumberField } from "./NumberField";
import { PictureField } from "./PictureField";
import { PromptField } from "./PromptField";
import { SeedField } from "./SeedField";
import { TextField } from "./TextField";
import { ToggleField } from "./ToggleField";

const CurveField = lazy(() => import("./CurveField"));

interface Kind {
  /** `literal`: the schema of what is typed, without null. */
  takes(whole: InputSchema, literal: LiteralSchema): boolean;
  readonly Field: ComponentType<FieldProps>;
}

const hinted = (name: string) => (whole: InputSchema) => hintOf(whole.literal) === name;
const typed = (...types: string[]) => (_: InputSchema, { type }: LiteralSchema) => types.includes(type ?? "");

/** What draws which input, the first that takes it; the last takes all. A field that few need is a `lazy` one. */
const KINDS: readonly Kind[] = [
  { takes: namesBody, Field: BodyField },
  { takes: ({ seed }) => seed, Field: SeedField },
  { takes: ({ choices }) => choices !== null, Field: FileField },
  { takes: (_, literal) => literal.enum !== undefined, Field: ChoiceField },
  { takes: hinted("picture"), Field: PictureField },
  { takes: hinted("mask"), Field: MaskField },
  { takes: hinted("colour"), Field: ColourField },
  { takes: hinted("curve"), Field: CurveField },
  { takes: hinted("multiline"), Field: PromptField },
  { takes: typed("boolean"), Field: ToggleField },
  { takes: typed("number", "integer"), Field: NumberField },
  { takes: typed("string"), Field: TextField },
  { takes: typed("array"), Field: ListField },
  { takes: (_, { type, additionalProperties }) => type === "object" && typeof additionalProperties === "object", Field: NamedField },
  { takes: () => true, Field: JsonField },
];

/** The field for an input. */
export function fieldFor(whole: InputSchema, literal: LiteralSchema): ComponentType<FieldProps> {
  return (KINDS.find(({ takes }) => takes(whole, literal)) as Kind).Field;
}
