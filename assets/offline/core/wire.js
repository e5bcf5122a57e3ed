// How an answer is read. What is not surely PropApp's own word is no answer at all.

/**
 * @typedef {{status: number, json: any, retryAfter?: number}} Answer
 * @typedef {(request: {method: string, path: string, headers?: object, json?: object,
 *   bytes?: ArrayBuffer}) => Promise<Answer>} Call
 */

/** The flight ends here; all is kept. `word` says why, `wait` for how long at least. */
export class Stop extends Error {
  /** @param {"offline" | "sign_in" | "other_person"} word @param {number} [wait] milliseconds */
  constructor(word, wait = 0) {
    super(word);
    this.word = word;
    this.wait = wait;
  }
}

/** The code of one of our own errors; empty for a stranger's page with the same status. */
export function codeOf(answer) {
  const code = answer.json?.error?.code;
  return typeof code === "string" ? code : "";
}

export const messageOf = (answer) => String(answer.json?.error?.message ?? "");

/** Ask, and come back only with an answer that is about the request itself. */
export async function ask(call, request) {
  let answer;
  try {
    answer = await call(request);
  } catch {
    throw new Stop("offline");
  }
  if (answer.status === 401) throw new Stop("sign_in");
  // The phone took a new number since: only its person can get a token for that.
  if (codeOf(answer) === "wrong_device") throw new Stop("sign_in");
  if (codeOf(answer) === "wrong_person") throw new Stop("other_person");
  if (answer.status === 429) throw new Stop("offline", answer.retryAfter || 5000);
  if (answer.status >= 500 || answer.status === 408) throw new Stop("offline", answer.retryAfter || 0);
  // A portal or proxy speaks before the server does; its 4xx says nothing about our things.
  if (answer.status >= 400 && answer.status !== 413 && !codeOf(answer)) throw new Stop("offline");
  return answer;
}

/** Ask for something that only our server can say. */
export async function askServer(call, path, json) {
  const answer = await ask(call, { method: "POST", path, json });
  if (answer.status === 200 && answer.json?.server !== "propapp") throw new Stop("offline");
  return answer;
}
