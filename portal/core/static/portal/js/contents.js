/**
 * The contents list shows where the reader is: the line of the part that has last passed the upper third of the window
 * is marked. Without this script it is a list of links.
 */

const list = document.querySelector("[data-contents]");
const links = list ? [...list.querySelectorAll("a[href^='#']")] : [];
const places = links
  .map((link) => ({ link, place: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
  .filter(({ place }) => place);

function mark() {
  const line = window.innerHeight / 3;
  const isAtEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  const passed = places.filter(({ place }) => place.getBoundingClientRect().top <= line);
  const here = isAtEnd ? places.at(-1) : passed.at(-1) ?? places[0];
  for (const { link } of places) {
    if (here && link === here.link) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

let isWaiting = false;
function markSoon() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    mark();
  });
}

if (places.length) {
  mark();
  document.addEventListener("scroll", markSoon, { passive: true });
  window.addEventListener("resize", markSoon);
}
