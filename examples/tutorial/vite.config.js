import { defineConfig } from "vite";

// Nothing for the element: Vite finds the files that the package brings by itself.
export default defineConfig({ base: "./" });
