const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/MicroMessenger/, "WeChat"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const first = (list: typeof systems, text: string) => list.find(([sign]) => sign.test(text))?.[1];

/** A browser as its owner would call it; empty when it does not say. */
export function deviceName(agent: string): string {
  return [first(browsers, agent), first(systems, agent)].filter(Boolean).join(" · ");
}
