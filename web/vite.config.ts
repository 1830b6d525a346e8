import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "../server/static",
    emptyOutDir: true,
    // Every asset is a file of its own, so that pages need no data: URL of ours.
    assetsInlineLimit: 0,
    // The editor is one large chunk by nature; it is loaded after the page has been drawn.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: ["index.html", "playground.html"],
      // "use client" and the like speak to React servers; this bundle is for browsers alone.
      checks: { moduleLevelDirective: false },
    },
  },
});
