const cjk = /[\u3400-\u9fff]/;

/** One or two characters that stand for a name: 王 for 王小明, AL for Ada Lovelace. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) return "?";
  if (cjk.test(trimmed)) return Array.from(trimmed.replace(/^[^\u3400-\u9fff]+/, ""))[0] ?? "?";
  const words = trimmed.split(/[\s._-]+/).filter(Boolean);
  const first = Array.from(words[0] ?? "?")[0] ?? "?";
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? "")[0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** The same person always gets the same hue. */
export function hue(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % 8;
}
