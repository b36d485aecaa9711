import { createStore } from "../../../shared/store.ts";

export interface ShownImage {
  readonly url: string;
  readonly name: string;
}

export const viewer = createStore<ShownImage | null>(null);
export const showImage = (image: ShownImage) => viewer.set(image);
