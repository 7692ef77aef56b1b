/** The mask painter, curves, colours, pictures, and what plugins draw. */
export const drawing = {
  own: {
    noExport: "The module has no default export.",
    version: (known: number, got: string) =>
      `The module is written for version ${got} of widgets, this editor knows version ${known}. Update the older of the two.`,
    noWidget: (name: string) => `The module's default export has no function widgets.${name}.`,
    noMount: (name: string) => `widgets.${name} gave no object with a function mount.`,
    noJson: "The widget set a value that is no JSON.",
    late: "It isn't ready after eight seconds.",
    frozen: "It froze the page the last time, so it wasn't loaded again.",
    failed: (widget: string, plugin: string, reason: string) =>
      `The widget '${widget}' of the plugin '${plugin}' doesn't work; this field stands in for it. ${reason}`,
    again: "Try it again",
  },
} as const;
