// Everything a network does to a request on its way there and back.

/** The kinds of trouble; a schedule draws some of them, each with a rate of its own. */
export const TROUBLES = [
  "lostRequest", "lostAnswer", "twice", "lateTwice", "slow", "silent", "hang", "portal", "stranger", "failing", "busy", "tooLarge",
  "flipRequest", "flipAnswer", "halfAnswer",
];

/** The way between one phone and the server; `phone` is the browser that the server sees. */
export function makeNetwork({ clock, chance, server }, phone) {
  const network = { weather: {}, limit: Infinity, down: false, heard: null };
  const here = { clock, chance, server: { handle: (request) => server.handle(request, phone) } };
  network.call = (request) => travel(network, here, request);
  return network;
}

async function travel(network, { clock, chance, server }, request) {
  const strikes = (trouble) => chance.happens(network.weather[trouble] ?? 0);
  await clock.sleep(strikes("slow") ? chance.between(500, 20_000) : chance.between(5, 80));
  if (network.down || strikes("lostRequest")) throw new Error("the connection was lost");
  if (strikes("silent")) {
    // Connected, and then nothing: the transport gives up after 30 s.
    await clock.sleep(30_000);
    throw new Error("no answer");
  }
  // Not even that: only the outbox's own watch ends this.
  if (strikes("hang")) await new Promise(() => {});
  const strange = byStrangers(strikes, network, request, chance);
  if (strange) return strange;
  if (strikes("flipRequest")) flip(request, chance);
  if (strikes("lateTwice")) {
    clock.later(chance.between(1000, 400_000), () => again(server, request));
  }
  if (strikes("twice")) again(server, request);
  const answer = await server.handle(request);
  if (request.path === "operations" && isTaken(answer)) network.heard = request;
  await clock.sleep(chance.between(5, 80));
  if (network.down || strikes("lostAnswer")) throw new Error("the answer was lost");
  if (strikes("flipAnswer")) return flippedAnswer(answer, chance);
  return strikes("halfAnswer") ? halfAnswer(answer, chance) : answer;
}

// All of it has a place at the server by now, whatever was said to it.
function isTaken({ json }) {
  return json?.results?.length > 0 && json.results.every(({ status }) => ["applied", "duplicate", "rejected", "quarantined"].includes(status));
}

// Whatever becomes of it, nobody waits for this answer.
function again(server, request) {
  // Where the server dies of it, it is there again.
  server.handle(request).catch(() => {});
}

function byStrangers(strikes, network, request, chance) {
  if (sizeOf(request) > network.limit) return { status: 413, json: null };
  if (strikes("portal")) return { status: 200, json: chance.of([null, { login: true }]) };
  if (strikes("stranger")) return { status: chance.of([400, 403, 404, 407]), json: null };
  if (strikes("failing")) return { status: chance.of([500, 502, 503, 504]), json: null };
  if (strikes("busy")) return { status: 429, json: null, retryAfter: chance.between(1, 20) * 1000 };
  return strikes("tooLarge") ? { status: 413, json: null } : null;
}

const sizeOf = (request) => (request.bytes ? request.bytes.byteLength : JSON.stringify(request.json).length);

// One bit, in what a digest protects; the rest is TLS's to protect.
function flip(request, chance) {
  if (request.bytes) {
    const bytes = new Uint8Array(request.bytes);
    bytes[chance.below(bytes.length)] ^= 1 << chance.below(8);
  } else if (request.json.operations) {
    const op = chance.of(request.json.operations);
    const place = chance.below(op.body.length);
    op.body = op.body.slice(0, place) + (op.body[place] === "x" ? "y" : "x") + op.body.slice(place + 1);
  }
}

function flippedAnswer(answer, chance) {
  const results = answer.json?.results;
  if (!results?.length) return { ...answer, json: null };
  chance.of(results).body_sha256 = "0".repeat(64);
  return answer;
}

// Some of what was asked about is not answered.
function halfAnswer(answer, chance) {
  for (const name of ["results", "photos"]) {
    if (answer.json?.[name]) answer.json[name] = answer.json[name].filter(() => chance.happens(0.5));
  }
  return answer;
}
