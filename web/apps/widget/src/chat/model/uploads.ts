import type { OutgoingBody, WireError } from "@frontdesk/realtime";
import { ApiError, type Media, wireError } from "./api.ts";

export interface Upload {
  id: string;
  name: string;
  size: number;
  image: boolean;
  /** A local picture of it while it is on its way. */
  preview: string | null;
  progress: number;
  /** Milliseconds of a voice message. */
  duration?: number;
  state: "uploading" | "failed";
  error?: WireError;
}

/** The message that a file becomes. */
export function bodyOf({ kind, media_id }: Media, { duration }: Upload): OutgoingBody {
  return duration === undefined ? { type: kind, media_id } : { type: "voice", media_id, duration };
}

type Done = (media: Media, upload: Upload) => void | Promise<void>;

/** Files on their way to the server; each becomes a message when it has arrived. */
export function createUploads(options: {
  url: string;
  token(): Promise<string>;
  changed(): void;
  done: Done;
}) {
  let list: readonly Upload[] = [];
  const files = new Map<string, { file: File; request?: XMLHttpRequest }>();

  function set(id: string, change: Partial<Upload>): void {
    list = list.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
    options.changed();
  }

  function drop(id: string): void {
    files.delete(id);
    list = list.filter((upload) => upload.id !== id);
    options.changed();
  }

  function transfer(id: string, token: string): Promise<Media> {
    const held = files.get(id);
    const request = new XMLHttpRequest();
    if (held) held.request = request;
    const form = new FormData();
    if (held) form.append("file", held.file, held.file.name);
    return new Promise((resolve, reject) => {
      const lost = () =>
        reject(new ApiError({ kind: "unavailable", code: "network", message: "", hint: "" }));
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) set(id, { progress: event.loaded / event.total });
      };
      request.onload = () => {
        const body: unknown = request.response;
        if (request.status < 300 && body) resolve(body as Media);
        else reject(new ApiError(wireError(request.status, body)));
      };
      request.onerror = lost;
      request.ontimeout = lost;
      request.onabort = lost;
      request.open("POST", options.url);
      request.responseType = "json";
      request.setRequestHeader("authorization", `Bearer ${token}`);
      request.send(form);
    });
  }

  async function run(id: string): Promise<void> {
    try {
      const media = await transfer(id, await options.token());
      const upload = list.find((one) => one.id === id);
      if (!upload) return;
      await options.done(media, upload);
      drop(id);
    } catch (error) {
      if (!files.has(id)) return;
      const reason = error instanceof ApiError ? { error: error.error } : {};
      set(id, { state: "failed", ...reason });
    }
  }

  return {
    get list() {
      return list;
    },
    /** With a duration it is sent as a voice message. */
    add(file: File, duration?: number): void {
      const id = crypto.randomUUID();
      const image = /^image\/(?:png|jpeg|gif|webp|avif)$/.test(file.type);
      const preview = image ? URL.createObjectURL(file) : null;
      const { name, size } = file;
      files.set(id, { file });
      const voice = duration === undefined ? {} : { duration };
      const upload = { id, name, size, image, preview, progress: 0, ...voice };
      list = [...list, { ...upload, state: "uploading" }];
      options.changed();
      void run(id);
    },
    retry(id: string): void {
      set(id, { state: "uploading", progress: 0 });
      void run(id);
    },
    cancel(id: string): void {
      const held = files.get(id);
      drop(id);
      held?.request?.abort();
    },
  };
}

export type Uploads = ReturnType<typeof createUploads>;
