export interface ClientIds {
  /** A UUID version 7, sorting after every earlier one of this maker even when the clock stands still or goes back. */
  next(now: number): string;
  /** Makes all further ids sort after this one, made before a reload. */
  follow(id: string): void;
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

export function clientIds(): ClientIds {
  let time = 0;
  let count = 0;
  return {
    next(now) {
      if (now > time) {
        time = now;
        count = 0;
      } else if (++count > 0xfff) {
        time++;
        count = 0;
      }
      const random = crypto.getRandomValues(new Uint8Array(8));
      random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
      const tail = Array.from(random, (byte) => hex(byte, 2)).join("");
      const stamp = hex(time, 12);
      return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(count, 3)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
    },
    follow(id) {
      const stamp = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
      if (stamp >= time) {
        time = stamp;
        count = 0xfff;
      }
    },
  };
}

export function byCreation(a: { client_id: string }, b: { client_id: string }): number {
  return a.client_id < b.client_id ? -1 : Number(a.client_id > b.client_id);
}
