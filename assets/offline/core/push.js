// The push token: with it the phone delivers its person's work though they are not signed in.

const KEY = "push";
// A phone may be a fortnight without a network from any hello on: a token that lasts 30 days is asked for anew while
// it has 20 left, and the work is still delivered if nobody signs in the day that the phone comes back.
const RENEW = 20 * 24 * 3600_000;

/** What to say at hello: a token is asked for when there is none for this device that lasts. */
export async function wantsPush(port, device) {
  if (port.token) return {};
  const held = await port.store.read(["meta"], async (tx) => (await tx.get("meta", KEY))?.value);
  const lasts = held && held.device === device && Date.parse(held.expires_at) - port.now() > RENEW;
  return lasts ? {} : { wants_push: true };
}

export async function keepPush(port, device, given) {
  if (typeof given?.token !== "string") return;
  await port.store.write(["meta"], (tx) => tx.put("meta", { key: KEY, value: { ...given, device } }));
}

/** The key to which a parcel for the office is sealed; kept, for a parcel is made without a network. */
export async function keepUnsentKey(port, given) {
  if (typeof given?.public !== "string") return;
  const held = await port.store.read(["meta"], async (tx) => (await tx.get("meta", "unsent_key"))?.value?.name);
  if (held !== given.name) await port.store.write(["meta"], (tx) => tx.put("meta", { key: "unsent_key", value: given }));
}

/** The token of the person of this store, or null. */
export const heldPush = (store) =>
  store.read(["meta"], async (tx) => (await tx.get("meta", KEY))?.value?.token ?? null);
