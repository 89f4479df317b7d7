/* A link to a field inside a block ("…/edit/#:w:contentpath=menu.<id>.page") opens the field's tab, its folded panels,
   and scrolls to it. Wagtail does that by itself only for what is on the page before blocks are drawn (8.0). */

const wanted = () => {
  const start = window.location.hash.indexOf(":w:");
  return start < 0 ? null : new URLSearchParams(window.location.hash.slice(start + 3)).get("contentpath");
};

const find = (path) =>
  document.querySelector(
    path
      .split(".")
      .filter(Boolean)
      .map((step) => `[data-contentpath="${CSS.escape(step)}"]`)
      .join(" "),
  );

const show = (element) => {
  for (let part = element.closest("[hidden]"); part; part = part.parentElement?.closest("[hidden]")) {
    document.querySelector(`[aria-controls="${CSS.escape(part.id)}"]`)?.click();
    part.removeAttribute("hidden");
  }
};

const open = () => {
  const path = wanted();
  const element = path && find(path);
  if (!element) return;
  show(element);
  window.setTimeout(() => {
    // After the tab has been drawn. A short field stands in the middle, with what belongs to it around.
    element.scrollIntoView({ block: element.offsetHeight < window.innerHeight / 2 ? "center" : "start" });
    element.querySelector("input:not([type=hidden]), textarea, select, [contenteditable], button")?.focus({ preventScroll: true });
  }, 250);
};

window.addEventListener("load", open);
window.addEventListener("hashchange", open);
