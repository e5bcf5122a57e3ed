// What came of work that the server had kept for somebody to look at. Loaded only where there is any.

/** Say of each what the office made of it: done after all, or looked after and left. */
export async function hear({ store, snapshot }) {
  const ended = new Map(snapshot.ended.map((one) => [one.id, one.done]));
  const waiting = [...store.mirror.ops.values()].filter((op) => ended.has(op.id) && op.state === "attention" && op.code !== "settled");
  if (waiting.length === 0) return;
  await store.write(["ops"], async (tx) => {
    for (const { no, id } of waiting) {
      const now = await tx.get("ops", no);
      const outcome = ended.get(id) ? { state: "sent", code: "" } : { code: "settled" };
      if (now?.state === "attention") await tx.put("ops", { ...now, ...outcome, message: "" });
    }
  });
}
