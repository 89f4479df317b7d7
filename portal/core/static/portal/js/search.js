/**
 * Results that change in place when a filter, an order, a page or a chip is picked. The address changes with them, so
 * reload, back and a shared link show the same. Without it every one of these is a plain link or a form.
 *
 * [data-search-page]     the filters and the results; links in it that lead to the same path are followed in place
 * <form id="search">     the words and, by form="search", the filters
 * [data-live]            what is taken over from the page that was fetched, by its id; everything else stays as it is,
 *                        so that a status is read aloud once and nothing loses the focus that is still there
 */

const page = document.querySelector("[data-search-page]");
const form = document.getElementById("search");
const results = document.getElementById("search-results");
let request = null;
let shown = location.search;

/** The address that the form would ask for. Other words start anew; the same ones stay as they were typed. */
function addressOf() {
  const url = new URL(form.action, location.href);
  const now = new URLSearchParams(location.search);
  url.search = "";
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
  const isSame = (url.searchParams.get("q") ?? "").trim() === (now.get("q") ?? "").trim();
  if (isSame && now.get("exactly")) url.searchParams.set("exactly", now.get("exactly"));
  return url;
}

async function show(url, { isNew = true } = {}) {
  request?.abort();
  request = new AbortController();
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { signal: request.signal });
    if (!response.ok) throw new Error(`the search answered ${response.status}`);
    const found = new DOMParser().parseFromString(await response.text(), "text/html");
    // A page without results, such as the one before anything is asked for, is another page.
    if (!found.querySelector("[data-search-page]")) throw new Error("another page");
    if (isNew) history.pushState(null, "", url);
    shown = url.search;
    takeOver(found, isNew);
    results.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

function takeOver(found, isNew) {
  const field = document.activeElement;
  const again = field?.name && field.closest("#search-filters") ? { name: field.name, value: field.value } : null;
  const wasInside = page.contains(field);
  const open = [...document.querySelectorAll("#search-filters details")].map((more) => more.open && nameOf(more));
  document.title = found.title;
  for (const live of document.querySelectorAll("[data-live]")) {
    const fresh = found.getElementById(live.id);
    if (fresh && fresh.innerHTML !== live.innerHTML) live.replaceChildren(...document.adoptNode(fresh).childNodes);
  }
  for (const more of document.querySelectorAll("#search-filters details")) if (open.includes(nameOf(more))) more.open = true;
  if (!isNew) form.elements.q.value = found.getElementById("q").value;
  takeOverLinks(found);
  if (wasInside && !document.activeElement?.closest("[data-search-page]")) focusOn(again);
}

/** A filter's own name, by which its "more" is known again. */
function nameOf(more) {
  return more.querySelector("input")?.name;
}

/** The other languages lead to the same search, and so does the feed. */
function takeOverLinks(found) {
  const sames = "header a[hreflang], footer a[hreflang], link[rel=alternate], link[rel=canonical]";
  const fresh = [...found.querySelectorAll(sames)];
  document.querySelectorAll(sames).forEach((link, index) => {
    if (fresh[index]) link.setAttribute("href", fresh[index].getAttribute("href"));
  });
}

/** The box that was ticked, where it still is; else the results, whose first words are being read aloud anyway. */
function focusOn(again) {
  const boxes = again ? [...form.elements].filter((box) => box.name === again.name && box.value === again.value) : [];
  const box = boxes.find((each) => each.type === "checkbox");
  if (box) box.focus({ preventScroll: true });
  else results.focus({ preventScroll: true });
}

function onClick(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname || !url.search) return;
  event.preventDefault();
  const isFarDown = Boolean(link.closest("nav"));
  show(url).then(() => isFarDown && results.scrollIntoView());
}

if (page && form && results) {
  page.addEventListener("change", (event) => event.target.type === "checkbox" && show(addressOf()));
  results.addEventListener("click", onClick);
  // Following "#main" is no way back.
  window.addEventListener("popstate", () => location.search !== shown && show(new URL(location.href), { isNew: false }));
}
