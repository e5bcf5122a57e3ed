/** Stands where Reflex would keep state in cookies of the browser: none of ours does. */
export default class NoCookies {
  get() {}
  set() {}
  remove() {}
}
