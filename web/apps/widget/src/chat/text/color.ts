/** Colors derived from the channel's one, so that every text on or in it keeps a contrast of 4.5:1. */
export interface Palette {
  accent: string;
  ink: string;
  /** The color as text on the light and on the dark surface. */
  light: string;
  dark: string;
}

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const DARK_SURFACE: Rgb = [38, 42, 51];
const LIGHT_SURFACE: Rgb = [240, 242, 246];

function parse(color: string): Rgb | null {
  const match = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(color.trim());
  const hex = match?.[1];
  if (!hex) return null;
  const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  const value = Number.parseInt(full, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * share);
  return [part(0), part(1), part(2)];
}

function hex(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function readable(color: Rgb, surface: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mix(color, towards, share);
    if (contrast(tried, surface) >= 4.6) return tried;
  }
  return towards;
}

export function palette(color: string, fallback = "#1f5eff"): Palette {
  const accent = parse(color) ?? parse(fallback) ?? BLACK;
  return {
    accent: hex(accent),
    ink: hex(contrast(accent, WHITE) >= 4.5 ? WHITE : BLACK),
    light: hex(readable(accent, LIGHT_SURFACE, BLACK)),
    dark: hex(readable(accent, DARK_SURFACE, WHITE)),
  };
}

/** How well two colors can be told apart, from 1 to 21; 1 for what is no color. */
export function ratio(a: string, b: string): number {
  const [one, other] = [parse(a), parse(b)];
  return one && other ? contrast(one, other) : 1;
}

/** By day or by night, or as the visitor's system has it. */
export function light(root: HTMLElement, theme: string | undefined): void {
  root.setAttribute("data-theme", theme === "light" || theme === "dark" ? theme : "auto");
}

/** Set through the object model, which a strict content policy allows. */
export function paint(root: HTMLElement, color: string): void {
  const { accent, ink, light, dark } = palette(color);
  root.style.setProperty("--accent", accent);
  root.style.setProperty("--on-accent", ink);
  root.style.setProperty("--accent-light", light);
  root.style.setProperty("--accent-dark", dark);
}
