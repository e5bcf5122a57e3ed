// One request to our own server, with an end in time whatever the network does.

const PATIENCE = 30_000;

let skew = 0;

/** By how many milliseconds this phone's clock was ahead of the server's when the server last told its time. */
export const clockSkew = () => skew;

const language = () => document.documentElement.lang || "zh-CN";

/** @type {import("./core/wire.js").Call} */
export async function call({ method, path, headers = {}, json, bytes }) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  const type = json ? "application/json" : "application/octet-stream";
  const asked = Date.now();
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method, credentials: headers.Authorization ? "omit" : "same-origin", cache: "no-store", signal: abort.signal,
      // A redirect is a portal's way of asking somebody to sign in somewhere else.
      redirect: "error",
      headers: { "X-Propapp-Locale": language(), ...(method === "GET" ? {} : { "Content-Type": type }), ...headers },
      body: json ? JSON.stringify(json) : bytes,
    });
    const answer = await readAnswer(response);
    const theirs = Date.parse(answer.json?.server_time);
    if (theirs) skew = (asked + Date.now()) / 2 - theirs;
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(response) {
  const text = await response.text();
  const seconds = Number(response.headers.get("Retry-After"));
  return {
    status: response.status, etag: response.headers.get("ETag"), json: parsed(text),
    session: response.headers.get("X-Propapp-Session") ?? "",
    retryAfter: seconds > 0 ? seconds * 1000 : 0,
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
