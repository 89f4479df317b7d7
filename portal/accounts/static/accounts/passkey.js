// Forms that a passkey fills: asks the browser for it when the form is sent, then sends the answer with the form.
const canDo =
  window.PublicKeyCredential &&
  PublicKeyCredential.parseCreationOptionsFromJSON &&
  PublicKeyCredential.parseRequestOptionsFromJSON;

async function answer(form) {
  const options = JSON.parse(form.dataset.options).publicKey;
  if (form.dataset.passkey === "create") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return navigator.credentials.get({ publicKey });
}

async function fill(event) {
  const form = event.currentTarget;
  const field = form.elements[form.dataset.field];
  if (field.value) return;
  event.preventDefault();
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    field.value = JSON.stringify((await answer(form)).toJSON());
    form.requestSubmit();
  } catch {
    failed.hidden = false;
  }
}

if (canDo) {
  for (const notice of document.querySelectorAll("[data-no-passkey]")) notice.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", fill);
  }
}
