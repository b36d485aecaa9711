/** A key that programs can use, made of the label; numbered where the label has no Latin letters, or the key is taken. */
export function keyOf(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  const made = plain
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 36)
    .replace(/_+$/, "");
  const base = made || "field";
  if (made && !taken.includes(made)) return made;
  for (let number = made ? 2 : 1; ; number += 1) {
    const key = `${base}_${number}`;
    if (!taken.includes(key)) return key;
  }
}
