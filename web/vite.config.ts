import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2024",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the server's Content-Security-Policy allows no data: scripts or styles
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8189", ws: true } } },
  test: { include: ["tests/**/*.test.ts"], environment: "node", testTimeout: 60_000 },
});
