// Reads a text aloud for who reads slowly; silent where the phone has no voice.

export function readAloud(text, locale) {
  if (typeof speechSynthesis === "undefined" || !text) return;
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = locale || document.documentElement.lang || "zh-CN";
  spoken.rate = 0.95;
  speechSynthesis.cancel();
  speechSynthesis.speak(spoken);
}
