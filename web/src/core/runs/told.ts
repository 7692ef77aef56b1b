/** What the server tells by itself while runs go on. */
import type * as Schema from "../../api/schema";
import type { Json } from "../json";

export type RunState = Schema.Run["state"];

/** An event of a run: `sequence`, `run`, `event` and what that kind of event tells. */
export type ServerEvent = { readonly [key: string]: Json | undefined } & {
  readonly sequence: number;
  /** The run; "" or null for what concerns all. */
  readonly run: string;
  readonly event: string;
};

/** A picture of work under way. */
export interface PreviewFrame {
  readonly run: string;
  readonly node: string;
  readonly picture: Blob;
}
