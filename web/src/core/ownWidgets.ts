import type { Host, Widget, WidgetModule } from "../../plugin-widgets";
import { text } from "../text";
import { parseJson, type Json, writeJson } from "./json";

/** The version of the interface that modules of widgets are written for. */
export const VERSION = 1;

/** The widget of that name from a module of a plugin's. Throws an `Error` that says what the module lacks. */
export function made(module: unknown, name: string, host: Host): Widget {
  const exported = (module as { default?: Partial<WidgetModule> }).default;
  if (typeof exported !== "object" || exported === null) throw new Error(text.drawing.own.noExport);
  if (exported.version !== VERSION) throw new Error(text.drawing.own.version(VERSION, String(exported.version)));
  const factory = exported.widgets?.[name];
  if (typeof factory !== "function") throw new Error(text.drawing.own.noWidget(name));
  const widget = factory(host);
  if (typeof widget?.mount !== "function") throw new Error(text.drawing.own.noMount(name));
  return widget;
}

/** A copy of a value, so that whoever has it can't change the original; throws for what is no JSON. */
export function copied(value: unknown): Json {
  const written: string | undefined = writeJson(value as Json);
  if (written === undefined) throw new Error(text.drawing.own.noJson);
  return parseJson(written);
}

/** Where the server has a file of a plugin's. */
export function pluginAddress(plugin: string, file: string): string {
  return `/api/plugins/${encodeURIComponent(plugin)}/web/${encodeURIComponent(file)}`;
}

/** Whether an error came from the module of a widget, by the files that it was thrown through. */
export function isFrom(plugin: string, widget: string, where: string | undefined): boolean {
  return where?.includes(pluginAddress(plugin, `${widget}.js`)) ?? false;
}

/** Keep a promise within some milliseconds, or fail with `late`. */
export function within<T>(promise: Promise<T>, milliseconds: number, late: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(late)), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
