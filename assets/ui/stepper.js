/** Count the number in a field up or down, as if it were typed; never below nothing. */
export function step(id, by) {
  const field = document.getElementById(id);
  const now = Number.parseInt(field.value, 10);
  const next = String(Math.max(0, (Number.isNaN(now) ? 0 : now) + by));
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, next);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
