export interface CategoryGroup {
  /** The first step of the paths; "" for those that have only one. */
  readonly name: string;
  readonly leaves: readonly { readonly path: string; readonly label: string }[];
}

/** The paths under their first step, in the list's order; what has no step above stands by itself at the end. */
export function categoryGroups(paths: readonly string[]): CategoryGroup[] {
  const groups = new Map<string, { path: string; label: string }[]>();
  const alone: { path: string; label: string }[] = [];
  const parents = new Set(paths.filter((path) => path.includes("/")).map((path) => first(path)));
  for (const path of paths) {
    const name = first(path);
    if (!parents.has(name)) {
      alone.push({ path, label: path });
      continue;
    }
    const label = path === name ? name : path.slice(name.length + 1).replaceAll("/", " / ");
    groups.set(name, [...(groups.get(name) ?? []), { path, label }]);
  }
  const named = [...groups].map(([name, leaves]) => ({ name, leaves }));
  return alone.length ? [...named, { name: "", leaves: alone }] : named;
}

function first(path: string): string {
  return path.split("/", 1)[0] ?? path;
}
