/** Files chosen but not sent yet, with a picture of each where there is one. */
export interface Chosen {
  id: string;
  file: File;
  preview: string | null;
}

export interface Turned {
  name: string;
  why: "too_large" | "empty_file";
}

export function choose(files: Iterable<File>, limit: number): { good: Chosen[]; bad: Turned[] } {
  const good: Chosen[] = [];
  const bad: Turned[] = [];
  for (const file of files) {
    if (file.size === 0) bad.push({ name: file.name, why: "empty_file" });
    else if (limit > 0 && file.size > limit) bad.push({ name: file.name, why: "too_large" });
    else {
      const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
      good.push({ id: crypto.randomUUID(), file, preview });
    }
  }
  return { good, bad };
}

export function release(chosen: Chosen): void {
  if (chosen.preview) URL.revokeObjectURL(chosen.preview);
}
