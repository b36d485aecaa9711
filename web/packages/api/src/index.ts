export * from "./http.ts";
export type * from "./shapes.ts";
export { type Upload, upload } from "./upload.ts";
