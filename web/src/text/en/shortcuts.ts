/** The overview of keys. */
export const shortcuts = {
  title: "Keyboard shortcuts",
  rows: [
    ["Tab", "add a node"],
    ["Ctrl+Enter", "run"],
    ["Ctrl+Z / Ctrl+Shift+Z", "undo / redo"],
    ["Ctrl+S", "save"],
    ["Ctrl+O", "open"],
    ["Ctrl+C / Ctrl+X / Ctrl+V", "copy / cut / paste"],
    ["Ctrl+D", "duplicate"],
    ["Ctrl+A", "select all"],
    ["Enter / Escape", "into the fields of the selected node / out of them"],
    ["Delete", "remove; Shift+Delete links around"],
    ["Arrows", "move the selection; with Shift further"],
    ["Alt+arrows", "go from node to node along links"],
    ["L", "link from the selected node"],
    ["M / B", "mute / bypass"],
    ["C", "collapse"],
    ["F", "zoom to fit"],
    ["Ctrl+F", "find in graph"],
    ["?", "this overview"],
  ],
} as const;
