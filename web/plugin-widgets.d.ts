/**
 * How a plugin draws inputs of its nodes by itself.
 *
 * An input that the node declares with `OwnWidget("NAME")` is drawn by the module `web/NAME.js` in the plugin's
 * folder, an ES module whose default export is a `WidgetModule`. It is loaded when such an input is first shown.
 * docs/widgets.md has an example, and says what a widget owes to those who use it.
 */

/** A value of an input, as workflows hold it. Integers beyond 2 to the power of 53 are of type `bigint`. */
export type Value = null | boolean | number | bigint | string | Value[] | { [key: string]: Value };

/** The default export of `web/NAME.js`. */
export interface WidgetModule {
  /** Of this interface. */
  readonly version: 1;
  /** NAME must be among them. A new widget is made for each input that is shown. */
  readonly widgets: Readonly<Record<string, (host: Host) => Widget>>;
}

/** One widget. What these functions throw ends it: people are told, and get the plain field. */
export interface Widget {
  /** Draw into an empty element of the page. A promise must be kept within seconds. */
  mount(element: HTMLElement, props: Props): void | Promise<void>;
  /** Something of the props has changed: by undo, by a link, by `change` itself. */
  update?(props: Props): void;
  /** The element goes away: stop timers and what else goes on. */
  unmount?(): void;
}

/** The input and its value. They are the widget's own copies: writing into them changes nothing. */
export interface Props {
  /** What the workflow holds, or else the input's default. */
  readonly value: Value | undefined;
  /** The name for screen readers, such as `curve of adjust tones`; give it to what takes the focus. */
  readonly label: string;
  /** The node's name in the workflow, and that of the input. */
  readonly node: string;
  readonly input: string;
  /** The JSON Schema of the value: its limits. */
  readonly schema: { readonly [keyword: string]: unknown };
  /**
   * Set the value. All changes of one gesture, such as a drag, are one step of undo: give `more` to all of them, and
   * call `done` at the end. Without `more` a change is a step by itself.
   */
  change(value: Value, options?: { readonly more?: boolean }): void;
  /** The gesture is over. */
  done(): void;
}

/** What the editor offers to widgets. */
export interface Host {
  /** The plugin's name. */
  readonly plugin: string;
  /** The address of a file in the plugin's folder `web`: a script, a style sheet or an SVG drawing. */
  address(file: string): string;
  /** Load a style sheet of the folder `web`, once for all of the page; begin its selectors with a class of your own. */
  style(file: string): void;
  /** Keep a picture on the server; workflows name it by what this answers with. */
  upload(picture: Blob, kind?: "image" | "mask"): Promise<string>;
}
