/** Dates and numbers as people say them; every instant is an ISO string or epoch milliseconds. */
const ZONE = "Asia/Shanghai";
const formats = new Map();

function format(locale, options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
  return formats.get(key);
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY_KEY = { year: "numeric", month: "2-digit", day: "2-digit" };

export function clock(at, locale) {
  return at ? format(locale, CLOCK).format(new Date(at)) : "";
}

export function date(at, locale) {
  return at ? format(locale, { month: locale === "en" ? "short" : "long", day: "numeric" }).format(new Date(at)) : "";
}

/** Today, yesterday, tomorrow, else the date. */
export function day(at, locale, t) {
  if (!at) return "";
  const key = (value) => format("en-CA", DAY_KEY).format(value);
  const now = Date.now();
  const named = { 0: "time.today", [-1]: "time.yesterday", 1: "time.tomorrow" };
  for (const shift of [0, -1, 1]) {
    if (key(new Date(now + shift * 86400000)) === key(new Date(at))) return t(named[shift]);
  }
  return date(at, locale);
}

export function dateTime(at, locale, t) {
  return at ? `${day(at, locale, t)} ${clock(at, locale)}` : "";
}

/** From when until when; the day is named only where it is not today. */
export function slot(from, to, locale, t) {
  if (!from) return "";
  const named = day(from, locale, t);
  const before = named === t("time.today") ? "" : `${named} `;
  return `${before}${clock(from, locale)} – ${clock(to, locale)}`;
}

/** How long ago, up to a day; then the date and the time. */
export function ago(at, now, locale, t) {
  if (!at || !now) return "";
  const minutes = Math.floor((now - new Date(at).getTime()) / 60000);
  if (minutes < 1) return t("time.just_now");
  if (minutes < 60) return t("time.minutes_ago", { count: minutes });
  if (minutes < 600) return t("time.hours_ago", { count: Math.floor(minutes / 60) });
  return dateTime(at, locale, t);
}

/** How long is left, or how long it has been over. */
export function until(at, now, t) {
  if (!at || !now) return "";
  const minutes = Math.round((new Date(at).getTime() - now) / 60000);
  return minutes >= 0
    ? t("time.left", { span: duration(minutes, t) })
    : t("time.over", { span: duration(-minutes, t) });
}

export function duration(minutes, t) {
  if (minutes === null || minutes === undefined) return "";
  if (minutes < 60) return t("time.minutes", { count: minutes });
  if (minutes < 1440) return t("time.hours", { count: Math.floor(minutes / 60) });
  return t("time.days", { count: Math.floor(minutes / 1440) });
}

export function number(value, locale) {
  return value === null || value === undefined ? "" : new Intl.NumberFormat(locale).format(value);
}
