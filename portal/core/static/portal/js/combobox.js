/**
 * Suggestions under a search box, by the WAI-ARIA 1.2 pattern "editable combobox with list autocomplete, manual selection"
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without it the form works all the same.
 *
 * <form data-suggest-url="/find/suggest/"           answers ?q=… with [{label, hint, url, kind}], or with these in
 *                                                   {results: […]}; or {suggestions: [{title, kind_label, url, kind}]}
 *       data-suggest-label="Suggestions"            the list's name
 *       data-suggest-count="Suggestions: {count}."  said to screen readers
 *       data-suggest-none="No suggestions.">
 *   <input name="q"> …
 * Enter with nothing picked sends the form; Enter or a click on a suggestion goes to its url. `kind` colors the hint's
 * plate (guide, job, opportunity, grant, closed).
 */

const WAIT = 120; // milliseconds after the last key

class Combobox {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input[type=text]");
    this.results = [];
    this.picked = -1;
    this.buildList(number);
    this.describeInput();
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    // A page that comes back from the browser's memory starts with its list closed.
    window.addEventListener("pageshow", () => this.close());
  }

  buildList(number) {
    this.list = document.createElement("ul");
    this.list.className = "suggest";
    this.list.id = `suggest-${number}`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.form.dataset.suggestLabel || "");
    // The field keeps the focus while the pointer is on the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.status = document.createElement("div");
    this.status.className = "hidden-visually";
    this.status.setAttribute("role", "status");
    this.form.append(this.list, this.status);
  }

  describeInput() {
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("autocomplete", "off");
  }

  get isOpen() {
    return !this.list.hidden;
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < 2) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.fetchFor(text), WAIT);
  }

  async fetchFor(text) {
    this.request = new AbortController();
    const url = new URL(this.form.dataset.suggestUrl, location.href);
    url.searchParams.set("q", text);
    try {
      const response = await fetch(url, { signal: this.request.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`suggestions answered ${response.status}`);
      const data = await response.json();
      this.show(data.suggestions?.map(fromSearch) ?? data.results ?? data, text);
    } catch (error) {
      // Stale, offline or broken: the form still works, so there is nothing to tell the reader.
      if (error.name !== "AbortError") this.close();
    }
  }

  show(results, text) {
    this.results = results;
    this.pick(-1);
    this.list.replaceChildren(...results.map((result, index) => this.option(result, index, text)));
    this.setOpen(results.length > 0 && document.activeElement === this.input);
    const { suggestCount = "", suggestNone = "" } = this.form.dataset;
    this.status.textContent = results.length ? suggestCount.replace("{count}", results.length) : suggestNone;
  }

  option(result, index, text) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(marked(result.label, text));
    if (result.hint) {
      const hint = document.createElement("span");
      hint.className = /^[a-z]+$/.test(result.kind ?? "") ? `plate plate-${result.kind}` : "plate";
      hint.textContent = result.hint;
      item.append(hint);
    }
    return item;
  }

  pick(index) {
    this.list.children[this.picked]?.setAttribute("aria-selected", "false");
    this.picked = index;
    const item = this.list.children[index];
    if (!item) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  setOpen(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.pick(-1);
    this.setOpen(false);
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.onArrow(event);
    else if (event.key === "Escape") this.onEscape(event);
    else if (event.key === "Enter" && this.isOpen && this.picked >= 0) {
      event.preventDefault();
      this.follow(this.picked);
    } else if (event.key === "Tab") this.close();
  }

  onArrow(event) {
    if (!this.results.length) return;
    event.preventDefault();
    if (!this.isOpen) this.setOpen(true);
    if (event.altKey) return; // Alt and Down only opens the list
    const step = event.key === "ArrowDown" ? 1 : -1;
    const places = this.results.length + 1; // one of them is the field itself
    this.pick(((this.picked + 1 + step + places) % places) - 1);
  }

  onEscape(event) {
    event.preventDefault();
    if (this.isOpen) this.close();
    else this.input.value = "";
  }

  onClick(event) {
    const item = event.target.closest("[role=option]");
    if (item) this.follow([...this.list.children].indexOf(item));
  }

  follow(index) {
    location.assign(this.results[index].url);
  }
}

/** What the search suggests, as the list shows it. */
function fromSearch({ title, kind_label, url, kind }) {
  return { label: title, hint: kind_label, url, kind };
}

/** The label with what was typed in bold, where a word of it begins so. */
function marked(label, text) {
  const span = document.createElement("span");
  const start = ` ${label}`.toLowerCase().indexOf(` ${text.toLowerCase()}`);
  if (start < 0) {
    span.textContent = label;
    return span;
  }
  const bold = document.createElement("b");
  bold.textContent = label.slice(start, start + text.length);
  span.append(label.slice(0, start), bold, label.slice(start + text.length));
  return span;
}

document.querySelectorAll("form[data-suggest-url]").forEach((form, number) => new Combobox(form, number));
