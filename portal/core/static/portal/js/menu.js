/**
 * The entries below an entry of the menu close as people expect: on Escape, on a click elsewhere, and when the focus moves
 * on. Without this script they open and close by their name alone.
 */

const menu = document.getElementById("menu");
// On a narrow screen the entries open in place: closing one by itself would move the list under the reader's finger.
const isWide = window.matchMedia("(width >= 60rem)");

const openEntry = () => (isWide.matches ? menu.querySelector("details[open]") : null);

function closeUnlessInside(target) {
  const entry = openEntry();
  if (entry && !entry.contains(target)) entry.open = false;
}

document.addEventListener("click", (event) => closeUnlessInside(event.target));
document.addEventListener("focusin", (event) => closeUnlessInside(event.target));
document.addEventListener("keydown", (event) => {
  const entry = event.key === "Escape" ? openEntry() : null;
  if (!entry) return;
  const heldFocus = entry.contains(document.activeElement);
  entry.open = false;
  if (heldFocus) entry.querySelector("summary").focus();
});
