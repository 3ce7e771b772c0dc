export default {
  title: "An article",
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "web-gan" } } },
  vite: { optimizeDeps: { exclude: ["webgan"] } },
};
