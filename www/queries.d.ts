// English words are imported one group at a time, as `english.js?GROUP`, which the bundler takes for a module
// of its own (see english.js). Here is what such an import holds.

type English = typeof import("./english.js");

declare module "*/english.js?numbers" {
  export const numbers: English["numbers"];
}
declare module "*/english.js?rules" {
  export const rules: English["rules"];
}
declare module "*/english.js?settings" {
  export const settings: English["settings"];
}
declare module "*/english.js?starting" {
  export const starting: English["starting"];
}
declare module "*/english.js?page" {
  export const page: English["page"];
}
declare module "*/english.js?presets" {
  export const presets: English["presets"];
}
declare module "*/english.js?presetWords" {
  export const presetWords: English["presetWords"];
}
declare module "*/english.js?failures" {
  export const failures: English["failures"];
}
declare module "*/english.js?findings" {
  export const findings: English["findings"];
}
declare module "*/english.js?runs" {
  export const runs: English["runs"];
}
declare module "*/english.js?unfit" {
  export const unfit: English["unfit"];
}
declare module "*/english.js?files" {
  export const files: English["files"];
}
declare module "*/english.js?saved" {
  export const saved: English["saved"];
}
declare module "*/english.js?course" {
  export const course: English["course"];
}
declare module "*/english.js?awake" {
  export const awake: English["awake"];
}
declare module "*/english.js?code" {
  export const code: English["code"];
}
declare module "*/english.js?lessons" {
  export const lessons: English["lessons"];
}
declare module "*/english.js?pictures" {
  export const pictures: English["pictures"];
}
declare module "*/english.js?refusals" {
  export const refusals: English["refusals"];
}
declare module "*/english.js?element" {
  export const element: English["element"];
}
declare module "*/english.js?elementCalls" {
  export const elementCalls: English["elementCalls"];
}
declare module "*/english.js?elementProblems" {
  export const elementProblems: English["elementProblems"];
}
declare module "*/english.js?snippet" {
  export const snippet: English["snippet"];
}
declare module "*/english.js?glossary" {
  export const glossary: English["glossary"];
}
declare module "*/english.js?costs" {
  export const costs: English["costs"];
}
