import { expect, it } from "vitest";
import { palette } from "./color.ts";

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

it.each(["#ffffff", "#000000", "#ffd400", "#1f5eff", "#777777", "#ff5a5f", "#0a0", "nonsense"])(
  "keeps every text readable with %s",
  (color) => {
    const { accent, ink, light, dark } = palette(color);
    expect(contrast(accent, ink)).toBeGreaterThanOrEqual(4.5);
    for (const surface of ["#ffffff", "#f0f2f6"]) {
      expect(contrast(light, surface)).toBeGreaterThanOrEqual(4.5);
    }
    for (const surface of ["#16181d", "#262a33"]) {
      expect(contrast(dark, surface)).toBeGreaterThanOrEqual(4.5);
    }
  },
);
