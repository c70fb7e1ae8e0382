// The control API, and the live updates by server-sent events.
import { useEffect, useState } from "./vendor/preact.js";

export async function request(method, path, body) {
  const response = await fetch("/sandbox/" + path, { method, body: body && JSON.stringify(body) });
  const text = await response.text();
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    data = { error: text };
  }
  if (!response.ok) throw new Error(data.error || String(response.status));
  return data;
}

const listeners = new Set();
const emit = (kind) => listeners.forEach((listener) => listener(kind));

/** Connects to the events; reports whether the connection is open. */
export function connect(onState) {
  const source = new EventSource("/sandbox/events");
  source.onopen = () => {
    onState(true);
    emit("reset");
  };
  source.onerror = () => onState(false);
  for (const kind of ["message", "call", "callback", "world", "reset"]) {
    source.addEventListener(kind, () => emit(kind));
  }
}

/** Reads a path, and reads it again when something of these kinds changes. */
export function useLive(path, kinds) {
  const [state, set] = useState({});
  useEffect(() => {
    if (!path) return;
    let alive = true;
    let timer;
    const load = () => {
      timer = undefined;
      request("GET", path).then(
        (data) => alive && set({ path, data }),
        (error) => alive && set({ path, error: error.message }),
      );
    };
    const listen = (kind) => {
      if ((kind === "reset" || kinds.includes(kind)) && !timer) timer = setTimeout(load, 120);
    };
    listeners.add(listen);
    load();
    return () => {
      alive = false;
      clearTimeout(timer);
      listeners.delete(listen);
    };
  }, [path]);
  return state.path === path ? state : {};
}

export const query = (values) => {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return pairs.length ? "?" + new URLSearchParams(pairs) : "";
};
