/**
 * Ticks stay: on this device, for this guide, whichever of its pages is open. Without this script lines can be ticked,
 * and are forgotten with the page.
 */

const bar = document.querySelector("[data-ticks]");
const boxes = [...document.querySelectorAll(".has-boxes input, .is-bare input")];
const key = bar && `ticks:${bar.dataset.ticks}`;
const nameOf = (box) => box.closest("label").textContent.trim().replace(/\s+/g, " ");

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return new Set(Array.isArray(found) ? found : []);
  } catch {
    return new Set(); // no storage (private window, refused), or not ours
  }
}

function write(ticked) {
  try {
    if (ticked.size) localStorage.setItem(key, JSON.stringify([...ticked]));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function show() {
  const ticked = read();
  for (const box of boxes) box.checked = ticked.has(nameOf(box));
}

function keep(box) {
  const ticked = read();
  if (box.checked) ticked.add(nameOf(box));
  else ticked.delete(nameOf(box));
  write(ticked);
  show(); // the same line may stand twice
}

if (bar && boxes.length && write(read())) {
  show();
  if (!bar.closest(".checklist-sheet")) boxes[0].closest(".checklist").after(bar); // where the first tick is made
  bar.hidden = false;
  for (const box of boxes) box.addEventListener("change", () => keep(box));
  bar.querySelector("button").addEventListener("click", () => {
    write(new Set());
    show();
  });
  window.addEventListener("storage", (event) => event.key === key && show()); // another tab of the same guide
}
