import type { Entry, Erased, ErasedNote, Snapshot } from "./frames.ts";

/** What an erased person is called; the same in every language. */
export const erasedName = "—";
const erased: Erased = { erased: true };

/** Whether the words of this entry are gone because its conversation was erased. */
export function isErased(entry: Entry): boolean {
  return entry.recalled === true && "erased" in entry.body;
}

/** What is left of an entry once its conversation is erased, as the server keeps it. */
export function tombstone(entry: Entry): Entry {
  switch (entry.kind) {
    case "message": {
      const { client_id: _, ...left } = entry;
      return { ...left, body: erased, recalled: true };
    }
    case "note":
    case "whisper": {
      const { client_id: _, ...left } = entry;
      return { ...left, body: erased, recalled: true } as ErasedNote;
    }
    case "opened": {
      const { answers: _, ...left } = entry.body;
      return { ...entry, body: { ...left, page: null } };
    }
    case "rated":
    case "wrapped_up":
      return withoutRemark(entry);
    default:
      return entry;
  }
}

function withoutRemark(entry: Extract<Entry, { kind: "rated" | "wrapped_up" }>): Entry {
  return entry.kind === "rated"
    ? { ...entry, body: { ...entry.body, remark: "" } }
    : { ...entry, body: { ...entry.body, remark: "" } };
}

/** What erasing does to the header. */
export function erasedHeader(header: Snapshot): Partial<Snapshot> {
  const { contact, last_message, rating, wrap_up } = header;
  return {
    contact: { ...contact, name: erasedName },
    close_reason: "erased",
    last_message: last_message && { ...last_message, preview: "" },
    rating: rating && { ...rating, remark: "" },
    wrap_up: wrap_up && { ...wrap_up, remark: "" },
  };
}
