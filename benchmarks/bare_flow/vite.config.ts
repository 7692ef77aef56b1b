import { fileURLToPath } from "node:url";

/** Takes its packages from the editor, so that both are the same versions. */
export default {
  base: "./",
  resolve: {
    alias: [
      {
        find: /^(@xyflow\/react|react-dom|react)(?=\/|$)/,
        replacement: fileURLToPath(new URL("../../web/node_modules/$1", import.meta.url)),
      },
    ],
  },
  build: { target: "es2024", modulePreload: { polyfill: false } },
};
