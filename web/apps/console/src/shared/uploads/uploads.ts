import { type Upload, type Uploaded, upload } from "@frontdesk/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { accessToken } from "../session/session.ts";

export interface Attachment {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** What is uploaded; null for what was kept on the server already. */
  readonly file: File | null;
  /** For the preview of an image; a file's own lives as long as the attachment. */
  readonly picture: string | null;
  readonly progress: number;
  readonly state: "uploading" | "ready" | "failed";
  readonly media: Uploaded | null;
}

/** A file as a message tells of it. */
type Told = Omit<Uploaded, "kind" | "url"> & {
  readonly type: Uploaded["kind"];
  readonly url?: string;
};

const known = new Map<string, Uploaded>();

/** What this page has uploaded or attached, so that a message shows its file before it is confirmed. */
export const uploadedMedia = (id: string) => known.get(id);

export const mediaOf = ({ type, url = "", ...rest }: Told): Uploaded => ({
  ...rest,
  kind: type,
  url,
});

function remembered(media: Uploaded): Uploaded {
  known.set(media.media_id, media);
  return media;
}

function ready(media: Uploaded): Attachment {
  const { name, size } = remembered(media);
  const picture = media.kind === "image" ? media.thumbnail_url || media.url : null;
  const key = crypto.randomUUID();
  return { key, name, size, file: null, picture, progress: 1, state: "ready", media };
}

const opened = (file: File): Attachment & { readonly file: File } => ({
  key: crypto.randomUUID(),
  name: file.name,
  size: file.size,
  file,
  picture: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
  progress: 0,
  state: "uploading",
  media: null,
});

/** The files that go with what is being written; they are uploaded meanwhile. Another owner begins with its own. */
export function useAttachments(owner: string, initially: readonly Uploaded[] = []) {
  const [list, setList] = useState<readonly Attachment[]>(() => initially.map(ready));
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
        const media = remembered(await sent.done);
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
      const added = files.map(opened);
      setList((before) => [...before, ...added]);
      for (const { key, file } of added) void begin(key, file);
    },
    [begin],
  );

  /** What the server has already, each once. */
  const put = useCallback((media: readonly Uploaded[]) => {
    setList((before) => {
      const there = new Set(before.map((each) => each.media?.media_id));
      return [...before, ...media.filter((each) => !there.has(each.media_id)).map(ready)];
    });
  }, []);

  const remove = useCallback((keys: readonly string[]) => {
    for (const key of keys) running.current.get(key)?.cancel();
    setList((before) => {
      for (const { key, file, picture } of before) {
        if (file && picture && keys.includes(key)) URL.revokeObjectURL(picture);
      }
      return before.filter(({ key }) => !keys.includes(key));
    });
  }, []);

  const retry = useCallback(
    ({ key, file }: Attachment) => {
      if (file) void begin(key, file);
    },
    [begin],
  );

  const first = useRef(owner);
  useEffect(() => {
    if (first.current !== owner) setList([]);
    first.current = owner;
  }, [owner]);
  return { list, add, put, remove, retry };
}
