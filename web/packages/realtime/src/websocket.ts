import type { ConnectionOptions } from "./api.ts";
import type { ServerFrame } from "./frames.ts";
import { LOST, type OpenTransport } from "./transport.ts";
import { realtimeUrl } from "./url.ts";

/** The usual transport: one socket, one JSON frame per text message. */
export function webSocketTransport(
  url: string,
  Socket: NonNullable<ConnectionOptions["WebSocket"]>,
): OpenTransport {
  return (hello, events) => {
    const socket = new Socket(realtimeUrl(url, "/v1/realtime"), "frontdesk.v1");
    let over = false;

    function close(): void {
      over = true;
      socket.close();
    }

    socket.onopen = () => socket.send(JSON.stringify(hello));
    socket.onmessage = ({ data }) => {
      if (over) return;
      let frame: ServerFrame;
      try {
        frame = JSON.parse(data);
      } catch {
        // A proxy's doing, not the server's: start again rather than guess.
        close();
        events.closed(LOST);
        return;
      }
      events.frame(frame);
    };
    socket.onclose = ({ code }) => {
      if (over) return;
      over = true;
      events.closed(code);
    };
    return {
      send: (frame) => {
        if (socket.readyState === 1) socket.send(JSON.stringify(frame));
      },
      close,
    };
  };
}
