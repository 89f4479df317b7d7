// The Look tab of a city's home page: swatches beside the text boxes, ready themes, "Use this color", and a small page
// that is drawn anew while somebody chooses. The text boxes are the form; without this script they do it alone.

const COLORS = ["color_first", "color_second", "color_band", "color_action"];
const WAIT = 250; // milliseconds without a change before the server is asked

const panel = document.querySelector("[data-look-derived]");
const form = panel?.closest("form");

function asHex(text) {
  const found = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim());
  if (!found) return "";
  const digits = found[1].toLowerCase();
  return "#" + (digits.length === 6 ? digits : digits.replace(/./g, "$&$&"));
}

const box = (name) => form.elements.namedItem(name);
const swatch = (name) => form.querySelector(`[data-look-swatch="${name}"]`);

// The page editor saves and previews what it hears of.
function tell(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(name, color) {
  const input = box(name);
  if (!input || input.value === color) return;
  input.value = color;
  tell(input);
}

function choose(name, value) {
  const radio = form.querySelector(`input[name="${name}"][value="${value}"]`);
  if (!radio || radio.checked) return;
  radio.checked = true;
  tell(radio);
}

function values() {
  const found = { pairing: box("pairing")?.value ?? "", scheme: box("scheme")?.value ?? "" };
  for (const name of COLORS) found[name] = box(name)?.value ?? "";
  for (const key of ["name", "state", "field", "emblem"]) {
    found[key] = panel.dataset[`flag${key[0].toUpperCase()}${key.slice(1)}`] ?? "";
  }
  return found;
}

function markTheme() {
  const { color_first, color_second, color_band, color_action, pairing } = values();
  const isPlain = !color_band.trim() && !color_action.trim();
  for (const button of form.querySelectorAll("[data-look-theme]")) {
    const { first, second, pairing: letters } = button.dataset;
    const isOn = asHex(color_first) === first && asHex(color_second) === second && pairing === letters && isPlain;
    button.setAttribute("aria-pressed", String(isOn));
  }
}

// An empty box for the header or link color shows what is worked out in its place.
function showWorkedOut() {
  const { lookBand, lookAction } = panel.querySelector("[data-look-band]")?.dataset ?? {};
  for (const [name, color] of [["color_band", lookBand], ["color_action", lookAction]]) {
    if (!color || !box(name) || box(name).value.trim()) continue;
    box(name).placeholder = color;
    swatch(name).value = color;
  }
}

let asking;
async function draw() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(`${panel.dataset.lookDerived}?${new URLSearchParams(values())}`, {
      signal: asking.signal,
      headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    if (!answer.ok || answer.redirected) return;
    const scenes = panel.querySelector("[data-look-scenes]");
    scenes.innerHTML = await answer.text();
    const problems = [...scenes.querySelectorAll("[data-look-problem] p")].map((problem) => problem.textContent);
    panel.querySelector("[data-look-news]").textContent = problems.join(" ");
    showWorkedOut();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

let timer;
function drawSoon() {
  clearTimeout(timer);
  markTheme();
  // A color that is being typed is no color yet: the last picture stays until it is one.
  if (asHex(box("color_first").value) && asHex(box("color_second").value)) timer = setTimeout(draw, WAIT);
}

function onInput({ target }) {
  if (target.dataset.lookSwatch) {
    fill(target.dataset.lookSwatch, target.value);
  } else if (target.dataset.lookColor) {
    const color = asHex(target.value);
    if (color) swatch(target.dataset.lookColor).value = color;
    drawSoon();
  } else if (target.name === "pairing" || target.name === "scheme") {
    drawSoon();
  }
}

function onClick(event) {
  const theme = event.target.closest("[data-look-theme]");
  if (theme) {
    fill("color_first", theme.dataset.first);
    fill("color_second", theme.dataset.second);
    fill("color_band", "");
    fill("color_action", "");
    choose("pairing", theme.dataset.pairing);
  }
  const use = event.target.closest("[data-look-use]");
  if (use) {
    fill(use.dataset.lookFor, use.dataset.lookUse);
    box(use.dataset.lookFor).focus(); // the button goes away with the problem
    if (!panel.contains(use)) use.hidden = true;
  }
}

if (form) {
  for (const hidden of form.querySelectorAll("[data-look-swatch][hidden], [data-look-use][hidden]")) {
    hidden.hidden = false;
  }
  form.addEventListener("input", onInput);
  form.addEventListener("click", onClick);
  markTheme();
  showWorkedOut();
}
