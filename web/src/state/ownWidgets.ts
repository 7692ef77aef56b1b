import type { Host, Props, Widget } from "../../plugin-widgets";
import { upload } from "../api/server";
import { isFrom, made, pluginAddress, within } from "../core/ownWidgets";
import { text } from "../text";
import { isFrozen, mark, unmark } from "./frozen";

const PATIENCE = 8000;

/** A widget of a plugin's in the page. Whatever it throws, at once or later, goes to `fail`, and nothing further is asked of it. */
export class OwnWidget {
  private widget: Widget | null = null;
  private ended = false;

  constructor(
    private readonly plugin: string,
    private readonly name: string,
    private readonly fail: (reason: string) => void,
  ) {}

  /** Load its module and have it drawn into the element. */
  async mount(element: HTMLElement, props: () => Props): Promise<void> {
    const id = `${this.plugin}/${this.name}`;
    if (isFrozen(id)) return this.giveUp(text.drawing.own.frozen);
    window.addEventListener("error", this.heard);
    window.addEventListener("unhandledrejection", this.heard);
    mark(id);
    try {
      const address = pluginAddress(this.plugin, `${this.name}.js`);
      const module: unknown = await within(import(/* @vite-ignore */ address), PATIENCE, text.drawing.own.late);
      if (this.ended) return;
      this.widget = made(module, this.name, hostFor(this.plugin));
      await within(Promise.resolve(this.widget.mount(element, props())), PATIENCE, text.drawing.own.late);
    } catch (error) {
      this.giveUp(reason(error));
    } finally {
      unmark(id);
    }
  }

  update(props: Props): void {
    if (this.ended) return;
    try {
      this.widget?.update?.(props);
    } catch (error) {
      this.giveUp(reason(error));
    }
  }

  unmount(): void {
    if (this.ended) return;
    this.ended = true;
    window.removeEventListener("error", this.heard);
    window.removeEventListener("unhandledrejection", this.heard);
    try {
      this.widget?.unmount?.();
    } catch (error) {
      console.warn(`plugin ${this.plugin}, widget ${this.name}:`, error);
    }
  }

  private giveUp(why: string): void {
    if (this.ended) return;
    this.unmount();
    this.fail(why);
  }

  /** What its code throws later: in handlers of events, timers and promises. */
  private readonly heard = (event: ErrorEvent | PromiseRejectionEvent): void => {
    const error = ("error" in event ? event.error : event.reason) as Error | undefined;
    const where = `${"filename" in event ? event.filename : ""} ${error?.stack ?? ""}`;
    if (!isFrom(this.plugin, this.name, where)) return;
    event.preventDefault();
    this.giveUp("message" in event ? event.message : reason(event.reason));
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hostFor(plugin: string): Host {
  const address = (file: string) => pluginAddress(plugin, file);
  return {
    plugin,
    address,
    style(file) {
      const href = address(file);
      if (document.querySelector(`link[href="${CSS.escape(href)}"]`)) return;
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = href;
      document.head.append(link);
    },
    upload: async (picture, kind = "image") => (await upload(picture, kind)).name,
  };
}
