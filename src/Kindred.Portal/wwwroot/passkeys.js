// Passkeys on the pages of the account: a button asks the server what to ask the device, and the form carries the answer back.
const supported = window.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined;

function show() {
  if (!supported) return;
  for (const button of document.querySelectorAll("[data-passkey-go]")) button.hidden = false;
}

async function options(form, what) {
  const token = form.querySelector('input[name="__RequestVerificationToken"]');
  const answer = await fetch(`account/passkey/${what}`, { method: "POST", headers: { RequestVerificationToken: token.value } });
  if (!answer.ok) throw new Error("The server did not answer as expected. Load the page again.");
  return answer.json();
}

async function credential(form) {
  if (form.dataset.passkey === "new") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await options(form, "new")) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await options(form, "ask")) });
}

function say(form, error) {
  const fault = form.querySelector("[data-passkey-fault]");
  // The device says NotAllowedError for whatever happened in its dialog, cancelling included.
  fault.textContent = error.name === "NotAllowedError" ? "No passkey was used." : error.message;
  fault.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-passkey-go]");
  if (!button) return;
  const form = button.closest("form");
  button.disabled = true;
  try {
    form.querySelector('input[name$="Passkey"]').value = JSON.stringify(await credential(form));
    form.noValidate = true;
    form.requestSubmit();
  } catch (error) {
    say(form, error);
  } finally {
    button.disabled = false;
  }
});

new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
show();
