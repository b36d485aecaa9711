import { ApiError, wireError } from "./http.ts";
import type { Uploaded } from "./shapes.ts";

export interface Upload {
  readonly done: Promise<Uploaded>;
  cancel(): void;
}

/** Sends one file; unlike fetch it can tell how far it is (0..1). */
export function upload(file: File, token: string, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve, reject) => {
    const fail = () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // not from us; the status has to do
      }
      reject(new ApiError(request.status, wireError(request.status, body)));
    };
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else fail();
    });
    request.addEventListener("error", fail);
    request.addEventListener("abort", fail);
  });
  request.open("POST", "/v1/media");
  request.setRequestHeader("Authorization", `Bearer ${token}`);
  const form = new FormData();
  form.append("file", file);
  request.send(form);
  return { done, cancel: () => request.abort() };
}
