/** How well `query` fits `text`: 0 not at all; whole words and beginnings weigh more than scattered letters. */
export function score(query: string, text: string): number {
  const wanted = query.trim().toLowerCase();
  const offered = text.toLowerCase();
  if (!wanted) return 1;
  const found = offered.indexOf(wanted);
  if (found === 0) return 100 + wanted.length / (offered.length + 1);
  if (found > 0) return (/[\s/_-]/.test(offered[found - 1] ?? "") ? 80 : 60) + 1 / found;
  let from = 0;
  let gaps = 0;
  for (const letter of wanted.replace(/\s+/g, "")) {
    const next = offered.indexOf(letter, from);
    if (next < 0) return 0;
    if (from) gaps += next - from;
    from = next + 1;
  }
  return Math.max(1, 40 - gaps);
}

/** The items that fit, best first; of several texts of an item, earlier ones count more. */
export function rank<T>(
  query: string,
  items: readonly T[],
  texts: (item: T) => readonly string[],
): T[] {
  return items
    .map((item, index) => {
      const scores = texts(item).map((text, place) => score(query, text) * 0.8 ** place);
      return { item, index, best: Math.max(0, ...scores) };
    })
    .filter(({ best }) => best > 0)
    .sort((a, b) => b.best - a.best || a.index - b.index)
    .map(({ item }) => item);
}
