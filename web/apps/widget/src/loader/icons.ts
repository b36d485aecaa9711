import { make } from "./make.ts";

const SVG = "http://www.w3.org/2000/svg";
const TALK =
  "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.4A8.4 8.4 0 1 1 21 11.5zM8.5 11.5h.2M12.4 11.5h.2M16.3 11.5h.2";
const DOWN = "M6 9.5l6 6 6-6";

function svg(name: string, path: string): SVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.classList.add(name);
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  picture.append(shape);
  return picture;
}

/** The picture of the closed state: the page's own at an address, else ours. */
export function talk(address: string): Element {
  if (!address) return svg("talk", TALK);
  const image = make("img", "talk");
  image.alt = "";
  image.src = address;
  return image;
}

export const down = (): Element => svg("down", DOWN);
