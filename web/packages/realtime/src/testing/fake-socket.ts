import type { ConnectionOptions } from "../api.ts";
import type { ServerFrame } from "../frames.ts";
import type { FakeServer, Peer } from "./fake-server.ts";

const LATENCY_MS = 20;

/** A WebSocket class whose sockets reach `server`, in order and with a delay. Loses everything under way when it closes. */
export function socketsTo(server: FakeServer, opened: string[] = []) {
  class FakeSocket implements Peer {
    readyState = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;

    constructor(url: string) {
      opened.push(url);
      setTimeout(() => {
        if (server.isDown) this.close(1006);
        if (this.readyState !== 0) return;
        this.readyState = 1;
        this.onopen?.();
      }, LATENCY_MS);
    }

    send(data: string): void {
      if (this.readyState !== 1) return;
      const frame = JSON.parse(data);
      setTimeout(() => {
        if (this.readyState === 1) server.receive(this, frame);
      }, LATENCY_MS);
    }

    deliver(frame: ServerFrame): void {
      const data = JSON.stringify(frame);
      setTimeout(() => {
        if (this.readyState === 1) this.onmessage?.({ data });
      }, LATENCY_MS);
    }

    close(code = 1005): void {
      if (this.readyState === 3) return;
      server.clients.delete(this);
      // What was delivered before the close arrives before it.
      setTimeout(() => {
        this.readyState = 3;
        this.onclose?.({ code });
      }, LATENCY_MS);
    }
  }
  return FakeSocket as unknown as NonNullable<ConnectionOptions["WebSocket"]>;
}
