import { type Upload, type Uploaded, upload } from "@frontdesk/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { accessToken } from "../../../shared/session/session.ts";

export interface Attachment {
  readonly key: string;
  readonly file: File;
  /** For the preview of an image; lives as long as the attachment. */
  readonly picture: string | null;
  readonly progress: number;
  readonly state: "uploading" | "ready" | "failed";
  readonly media: Uploaded | null;
}

const uploaded = new Map<string, Uploaded>();

/** What this page has uploaded, so that a message shows its file before it is confirmed. */
export const uploadedMedia = (id: string) => uploaded.get(id);

/** The files that go with the next message; they are uploaded while one still writes. */
export function useAttachments(conversation: string) {
  const [list, setList] = useState<readonly Attachment[]>([]);
  const running = useRef(new Map<string, Upload>());

  const change = useCallback((key: string, next: Partial<Attachment>) => {
    setList((before) => before.map((each) => (each.key === key ? { ...each, ...next } : each)));
  }, []);

  const begin = useCallback(
    async (key: string, file: File) => {
      change(key, { state: "uploading", progress: 0 });
      try {
        const sent = upload(file, await accessToken(), (progress) => change(key, { progress }));
        running.current.set(key, sent);
        const media = await sent.done;
        uploaded.set(media.media_id, media);
        change(key, { state: "ready", progress: 1, media });
      } catch {
        change(key, { state: "failed" });
      } finally {
        running.current.delete(key);
      }
    },
    [change],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file) => ({
        key: crypto.randomUUID(),
        file,
        picture: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
        progress: 0,
        state: "uploading" as const,
        media: null,
      }));
      setList((before) => [...before, ...added]);
      for (const { key, file } of added) void begin(key, file);
    },
    [begin],
  );

  const remove = useCallback((keys: readonly string[]) => {
    for (const key of keys) running.current.get(key)?.cancel();
    setList((before) => {
      for (const { key, picture } of before) {
        if (picture && keys.includes(key)) URL.revokeObjectURL(picture);
      }
      return before.filter(({ key }) => !keys.includes(key));
    });
  }, []);

  const retry = useCallback((each: Attachment) => void begin(each.key, each.file), [begin]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins without files
  useEffect(() => () => setList([]), [conversation]);
  return { list, add, remove, retry };
}
