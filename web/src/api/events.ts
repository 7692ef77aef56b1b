import { parseJson, plain } from "../core/json";
import type { PreviewFrame, ServerEvent } from "../core/runs/told";
import { query } from "./http";

export interface Listeners {
  events(batch: readonly ServerEvent[]): void;
  preview(frame: PreviewFrame): void;
  /** Whether the server can be heard now. */
  connected(yes: boolean): void;
  /** The server's numbers begin anew: it has forgotten what it told before. */
  restarted(): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/**
 * Follow the server's events after a number, or from now on for null, over a socket that is opened again by itself
 * and misses none. Returns how to stop.
 */
export function follow(since: number | null, listeners: Listeners): () => void {
  let last = since;
  let pause = FIRST_PAUSE;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waits = false;
  let socket: WebSocket;

  const open = () => {
    waits = false;
    const { protocol, host } = window.location;
    socket = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/api/events${query({ since: last })}`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      pause = FIRST_PAUSE;
      listeners.connected(true);
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== "string") {
        listeners.preview(readPreview(data));
        return;
      }
      const batch = plain(parseJson(data)) as unknown as ServerEvent[];
      const newest = batch.at(-1);
      if (newest === undefined) return;
      if (last !== null && (batch[0] as ServerEvent).sequence <= last) listeners.restarted();
      last = newest.sequence;
      listeners.events(batch);
    };
    socket.onclose = () => {
      if (stopped) return;
      waits = true;
      listeners.connected(false);
      timer = setTimeout(open, pause);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    };
  };
  const atOnce = () => {
    if (!waits || stopped) return;
    clearTimeout(timer);
    open();
  };
  open();
  window.addEventListener("online", atOnce);
  return () => {
    stopped = true;
    window.removeEventListener("online", atOnce);
    clearTimeout(timer);
    socket.close();
  };
}

/** A preview's frame: the length of a JSON header, the header, the picture. */
function readPreview(frame: ArrayBuffer): PreviewFrame {
  const length = new DataView(frame).getUint32(0);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(frame, 4, length))) as {
    run: string;
    node: string;
    media_type: string;
  };
  const picture = new Blob([new Uint8Array(frame, 4 + length)], { type: header.media_type });
  return { run: header.run, node: header.node, picture };
}
