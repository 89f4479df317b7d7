/** A button that copies the words of a letter. Without this script one selects them. */

for (const letter of document.querySelectorAll("[data-letter]")) {
  const row = letter.querySelector(".button-row");
  const status = row.querySelector("[role='status']");
  const words = letter.querySelector(".letter-text");
  row.hidden = false;
  row.querySelector("button").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.innerText.trim());
      status.textContent = status.dataset.done;
    } catch {
      status.textContent = status.dataset.failed;
      window.getSelection().selectAllChildren(words);
    }
  });
}
