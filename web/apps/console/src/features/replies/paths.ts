/** The category paths in a text of one path a line; repeated, empty and half-written steps are left out. */
export function pathsOf(text: string): string[] {
  const paths = text.split("\n").map((line) =>
    line
      .split("/")
      .map((step) => step.trim())
      .filter(Boolean)
      .join("/"),
  );
  return [...new Set(paths.filter(Boolean))];
}
