/**
 * Makes elements as @emotion/react does for what Reflex compiles, without its seven kilobytes.
 *
 * Styles of ours are class names; the few that change with data are plain declarations and become
 * inline styles. Selectors inside a style have no meaning here and are left out.
 */
import { createElement, Fragment } from "react";

export { Fragment };

export function jsx(type, props, ...children) {
  if (!props?.css) return createElement(type, props, ...children);
  const { css, ...rest } = props;
  return createElement(type, { ...rest, style: { ...declarations(css), ...rest.style } }, ...children);
}

function declarations(css) {
  return Object.fromEntries(Object.entries(css).filter(([, value]) => typeof value !== "object"));
}
