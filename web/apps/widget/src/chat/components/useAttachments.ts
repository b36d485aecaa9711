import { useEffect, useState } from "preact/hooks";
import { type Chosen, choose, release, type Turned } from "../model/attachments.ts";

function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files] : [];
}

/** Choosing, pasting and dropping all end in the same tray. */
export function useAttachments(limit: number) {
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const [turned, setTurned] = useState<readonly Turned[]>([]);
  const [dragging, setDragging] = useState(false);

  function add(list: Iterable<File>): void {
    const { good, bad } = choose(list, limit);
    setTurned(bad);
    if (good.length > 0) setFiles((before) => [...before, ...good]);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `add` only needs the limit
  useEffect(() => {
    let leave: ReturnType<typeof setTimeout>;
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      clearTimeout(leave);
      setDragging(true);
      // no reliable sign says that the pointer has left the window
      leave = setTimeout(() => setDragging(false), 250);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setDragging(false);
      add(filesOf(event.dataTransfer));
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      clearTimeout(leave);
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [limit]);

  return {
    files,
    turned,
    dragging,
    add,
    remove(id: string): void {
      for (const chosen of files) if (chosen.id === id) release(chosen);
      setFiles(files.filter((chosen) => chosen.id !== id));
    },
    /** Hands out what was chosen and leaves the tray empty. */
    take(): File[] {
      for (const chosen of files) release(chosen);
      setFiles([]);
      setTurned([]);
      return files.map((chosen) => chosen.file);
    },
    onPaste(event: ClipboardEvent): void {
      const pasted = filesOf(event.clipboardData);
      if (pasted.length === 0) return;
      event.preventDefault();
      add(pasted);
    },
  };
}
