import { ApiError, address, type Query, wireError } from "@frontdesk/api";
import { accessToken } from "../session/session.ts";

/** Fetches a file as the person who is signed in, and hands it to the browser to be kept. */
export async function download(path: string, name: string, query: Query = {}): Promise<void> {
  const answer = await fetch(address(path, query), {
    headers: { Authorization: `Bearer ${await accessToken()}` },
  });
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    throw new ApiError(answer.status, wireError(answer.status, body), body);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
